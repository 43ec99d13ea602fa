import { fromBase64, toBase64 } from './base64.ts';
import { digestOf } from './digest.ts';
import { startHash } from './start-hash.ts';

export { combineCrc64Nvme } from './crc64.ts';

/**
 * S3's composite SHA-256 of an upload in parts: the SHA-256 over the 32-byte hashes of the parts in their order ("Checking
 * object integrity" of the S3 user guide), without the `-N` that S3 writes after it. Base64 in, Base64 out.
 */
export async function compositeSha256(partChecksums: readonly string[]): Promise<string> {
  const joined = new Uint8Array(32 * partChecksums.length);
  for (const [index, checksum] of partChecksums.entries()) joined.set(fromBase64(checksum, 32), 32 * index);
  return toBase64(await digestOf(joined, 'SHA256', startHash));
}
