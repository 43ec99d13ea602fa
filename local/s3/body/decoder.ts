import type { Refusal } from '../refusal.ts';
import { startChunkDecoder } from './aws-chunked.ts';
import type { Checksum } from './checksum.ts';
import type { BodyExpectations } from './expectations.ts';

/** Turns the bytes on the wire into those of the object. After a refusal nothing more may be pushed. */
export interface BodyDecoder {
  push(bytes: Buffer): readonly Buffer[] | Refusal;
  /** The end of the wire: the checksum the client brought, where it brought one. */
  end(): { readonly checksum: Checksum | undefined } | Refusal;
}

export const startDecoder = (expected: BodyExpectations): BodyDecoder =>
  expected.chunks === undefined
    ? { push: (bytes) => [bytes], end: () => ({ checksum: expected.checksum }) }
    : startChunkDecoder(expected, expected.chunks);
