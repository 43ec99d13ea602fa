import { createHash } from 'node:crypto';
import { type ChecksumAlgorithm, checksumAlgorithmDefault, startChecksum } from '../body/checksum.ts';
import type { ReceivedBody } from '../body/receive.ts';
import { Refusal } from '../refusal.ts';
import type { SizeRange } from './conditions.ts';
import type { Form } from './form.ts';

export interface ReceivedFile extends ReceivedBody {
  readonly sizeBytes: number;
}

/** Streams the file of a form into `write` and stops at the first byte that is too much. */
export async function receiveFile(
  form: Form,
  { sizeBytesMin, sizeBytesMax }: SizeRange,
  algorithm: ChecksumAlgorithm = checksumAlgorithmDefault,
  write: (chunk: Buffer) => Promise<void>,
): Promise<ReceivedFile | Refusal> {
  const md5 = createHash('md5');
  const checksum = await startChecksum[algorithm]();
  let sizeBytes = 0;
  const refusal = await form.readFile(async (chunk) => {
    sizeBytes += chunk.length;
    if (sizeBytes > sizeBytesMax) {
      return new Refusal('EntityTooLarge', undefined, { ProposedSize: sizeBytes, MaxSizeAllowed: sizeBytesMax });
    }
    md5.update(chunk);
    checksum.update(chunk);
    await write(chunk);
    return undefined;
  });
  if (refusal) return refusal;
  if (sizeBytes < sizeBytesMin) {
    return new Refusal('EntityTooSmall', undefined, { ProposedSize: sizeBytes, MinSizeAllowed: sizeBytesMin });
  }
  return { sizeBytes, md5: md5.digest('hex'), checksum: { algorithm, value: checksum.digest() } };
}
