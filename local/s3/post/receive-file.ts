import { type ChecksumAlgorithm, checksumAlgorithmDefault } from '../body/checksum.ts';
import { startIntake, type Target } from '../body/intake.ts';
import type { ReceivedBody } from '../body/receive.ts';
import { Refusal } from '../refusal.ts';
import type { SizeRange } from './conditions.ts';
import type { Form } from './form.ts';

export interface ReceivedFile extends ReceivedBody {
  readonly sizeBytes: number;
}

/** Streams the file of a form into `target` and stops at the first byte that is too much. */
export async function receiveFile(
  form: Form,
  { sizeBytesMin, sizeBytesMax }: SizeRange,
  algorithm: ChecksumAlgorithm = checksumAlgorithmDefault,
  target: Target,
): Promise<ReceivedFile | Refusal> {
  await using intake = startIntake({ algorithm, isSha256Needed: false }, target);
  let sizeBytes = 0;
  const refusal = await form.readFile(async (chunk) => {
    sizeBytes += chunk.length;
    if (sizeBytes > sizeBytesMax) {
      return new Refusal('EntityTooLarge', undefined, { ProposedSize: sizeBytes, MaxSizeAllowed: sizeBytesMax });
    }
    await intake.push(chunk);
    return undefined;
  });
  if (refusal) return refusal;
  if (sizeBytes < sizeBytesMin) {
    return new Refusal('EntityTooSmall', undefined, { ProposedSize: sizeBytes, MinSizeAllowed: sizeBytesMin });
  }
  return { sizeBytes, ...(await intake.end()) };
}
