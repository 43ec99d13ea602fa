import { createSHA256 } from 'hash-wasm';
import { FileError } from './errors.ts';

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
  const hasher = await createSHA256();
  for (let start = 0; start < blob.size; start += sliceSizeBytes) {
    signal?.throwIfAborted();
    const slice = await readSlice(blob, start);
    hasher.update(slice);
    onHashed(Math.min(start + sliceSizeBytes, blob.size));
  }
  signal?.throwIfAborted();
  return hasher.digest('hex');
}

async function readSlice(blob: Blob, start: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.slice(start, start + sliceSizeBytes).arrayBuffer());
  } catch (cause) {
    // NotReadableError: a file of a disk may change or vanish after it was chosen.
    throw new FileError(
      'unreadable',
      'The file cannot be read; it was changed, moved or locked. Choose it again.',
      cause,
    );
  }
}
