import { hash } from 'node:crypto';
import type { LinkTerms } from './link-terms.ts';

/** Canonical requests of one moment that begin alike, as those of the parts of an upload do. */
export interface RequestsToSign extends Pick<LinkTerms, 'key' | 'timestamp' | 'signatureOf'> {
  readonly beginning: Buffer;
  readonly count: number;
  /** Writes what each goes on with, and answers where that ends. */
  readonly write: (index: number, bytes: Buffer, at: number) => number;
  readonly restSizeBytesMax: number;
}

/** The signatures in hexadecimal. */
export const signOneByOne = ({ beginning, restSizeBytesMax, count, write, signatureOf }: RequestsToSign): string[] => {
  const bytes = Buffer.alloc(beginning.length + restSizeBytesMax);
  bytes.set(beginning);
  return Array.from({ length: count }, (_, index) =>
    signatureOf(hash('sha256', bytes.subarray(0, write(index, bytes, beginning.length)))),
  );
};
