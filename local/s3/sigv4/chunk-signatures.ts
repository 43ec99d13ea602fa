import { createHash } from 'node:crypto';
import { equalInConstantTime, signingAlgorithm, signWith } from '../../sigv4/signature.ts';
import { formatTimestamp } from '../../sigv4/timestamp.ts';
import type { Refusal } from '../refusal.ts';
import type { SignatureClaim } from './claim.ts';
import { signatureMismatch } from './signature-mismatch.ts';

/** What the signatures of chunks are chained from: a request whose own signature is proven. */
export interface ChunkSeed {
  readonly claim: SignatureClaim;
  readonly signingKey: Buffer;
  /** Of the request, for the errors. */
  readonly canonical: string;
}

export interface ChunkSignatures {
  /** `sha256` of the chunk's data, in hexadecimal. */
  checkChunk(sha256: string, provided: string): Refusal | undefined;
  /** `trailers` as they are signed: `name:value\n` each. */
  checkTrailers(trailers: string, provided: string): Refusal | undefined;
}

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The chain of "Signature calculations … multiple chunks" and "… for trailing headers": each signature covers the one
 * before it, the first that of the request.
 */
export function startChunkSignatures({ claim, signingKey, canonical }: ChunkSeed): ChunkSignatures {
  let previous = claim.signature;
  const check = (kind: 'PAYLOAD' | 'TRAILER', hashes: readonly string[], provided: string): Refusal | undefined => {
    const origin = [formatTimestamp(claim.signedAt), claim.scope, previous];
    const text = [`${signingAlgorithm}-${kind}`, ...origin, ...hashes].join('\n');
    previous = signWith(signingKey, text);
    return equalInConstantTime(previous, provided)
      ? undefined
      : signatureMismatch(claim, { text, canonical, provided });
  };
  return {
    // The second hash is that of the headers of a chunk, of which there are none.
    checkChunk: (sha256, provided) => check('PAYLOAD', [sha256Hex(''), sha256], provided),
    checkTrailers: (trailers, provided) => check('TRAILER', [sha256Hex(trailers)], provided),
  };
}
