import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import type { FileSource } from '../source.ts';
import { toBase64 } from './base64.ts';
import { digestOf, updateByPieces } from './digest.ts';
import type { StartHash } from './running-hash.ts';

/** Parts above this are never held whole: 10,000 of them are a file of 640 GiB. */
export const heldSizeBytesMax = 64 * 1024 ** 2;
/**
 * Above this a page does not hold what it hashed. A slice of a file costs the page no memory: the
 * browser's own processes read it once more, from the system's cache, and S3 compares it with the checksum all the same.
 */
export const keptSizeBytesMax = 4 * 1024 ** 2;
const readSizeBytes = 8 * 1024 ** 2;

export interface HashedPart {
  /** Base64, as S3 writes it. */
  readonly checksum: string;
  /** What was hashed, where it is small, or in Node at most 64 MiB; anything else is sent as a slice. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
}

/** Reads the bytes from `start` up to but without `end`, and hashes them. */
export async function hashRange(
  source: FileSource,
  range: { readonly start: number; readonly end: number },
  algorithm: ChecksumAlgorithm,
  signal: AbortSignal,
  startHash: StartHash,
): Promise<HashedPart> {
  const { start, end } = range;
  if (end - start <= heldSizeBytesMax) {
    const bytes = await source.read(start, end, signal);
    const digest = await digestOf(bytes, algorithm, startHash);
    signal.throwIfAborted();
    const isKept = source.slice === undefined || source.isCheapToKeep || bytes.byteLength <= keptSizeBytesMax;
    if (!isKept) source.release?.(bytes);
    return { checksum: toBase64(digest), ...(isKept && { bytes }) };
  }
  const hash = await startHash(algorithm);
  for (let at = start; at < end; at += readSizeBytes) {
    const bytes = await source.read(at, Math.min(at + readSizeBytes, end), signal);
    await updateByPieces(hash, bytes);
    source.release?.(bytes);
  }
  signal.throwIfAborted();
  return { checksum: toBase64(hash.digest()) };
}
