import { hexOf } from './hash/base64.ts';
import { startHash } from './hash/start-hash.ts';
import { sourceOf } from './source.ts';

/** Small enough that hashing one slice (about 4 ms in a browser) never makes a page stutter. */
const sliceSizeBytes = 1024 * 1024;

/**
 * SHA-256 of a file in hexadecimal, slice by slice: WebCrypto has no incremental digest, so it would hold the whole
 * file in memory and tell no progress. `onHashed` gets the bytes hashed so far.
 */
export async function sha256OfBlob(
  blob: Blob,
  signal: AbortSignal | undefined,
  onHashed: (bytesDone: number) => void,
): Promise<string> {
  const hash = await startHash('SHA256');
  const source = sourceOf(blob);
  for (let start = 0; start < blob.size; start += sliceSizeBytes) {
    const end = Math.min(start + sliceSizeBytes, blob.size);
    hash.update(await source.read(start, end, signal));
    onHashed(end);
  }
  signal?.throwIfAborted();
  return hexOf(hash.digest());
}
