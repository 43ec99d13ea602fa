import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import { breathe } from './breathe.ts';
import type { RunningHash, StartHash } from './running-hash.ts';

/** Small enough that one piece never makes a page stutter: 3 ms by WebAssembly's SHA-256. */
const pieceSizeBytes = 1024 * 1024;

/**
 * The checksum of bytes in memory. SHA-256 by WebCrypto, off the thread and several at once; what that has not (CRC64NVME;
 * anything on a page without a secure origin, for "subtle" is [SecureContext]) piece by piece by what `start` gives.
 */
export async function digestOf(
  bytes: Uint8Array<ArrayBuffer>,
  algorithm: ChecksumAlgorithm,
  start: StartHash,
): Promise<Uint8Array> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (algorithm === 'SHA256' && subtle !== undefined) return new Uint8Array(await subtle.digest('SHA-256', bytes));
  const hash = await start(algorithm);
  await updateByPieces(hash, bytes);
  return hash.digest();
}

/** With room for everything else between two pieces. */
export async function updateByPieces(hash: RunningHash, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength; at += pieceSizeBytes) {
    if (at > 0) await breathe();
    hash.update(bytes.subarray(at, at + pieceSizeBytes));
  }
}
