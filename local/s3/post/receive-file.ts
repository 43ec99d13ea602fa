import { type ChecksumAlgorithm, checksumAlgorithmDefault } from '../body/checksum.ts';
import { startDigests } from '../body/digests.ts';
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
  using digests = await startDigests(algorithm);
  let sizeBytes = 0;
  const refusal = await form.readFile(async (chunk) => {
    sizeBytes += chunk.length;
    if (sizeBytes > sizeBytesMax) {
      return new Refusal('EntityTooLarge', undefined, { ProposedSize: sizeBytes, MaxSizeAllowed: sizeBytesMax });
    }
    await digests.update(chunk);
    await write(chunk);
    return undefined;
  });
  if (refusal) return refusal;
  if (sizeBytes < sizeBytesMin) {
    return new Refusal('EntityTooSmall', undefined, { ProposedSize: sizeBytes, MinSizeAllowed: sizeBytesMin });
  }
  return { sizeBytes, ...(await digests.digest()) };
}
