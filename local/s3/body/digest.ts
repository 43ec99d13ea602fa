import type { Readable } from 'node:stream';
import type { ChecksumAlgorithm } from './checksum.ts';
import { startIntake } from './intake.ts';
import type { ReceivedBody } from './receive.ts';

/** MD5 and checksum of bytes that are already here. */
export async function digestOf(stream: Readable, algorithm: ChecksumAlgorithm): Promise<ReceivedBody> {
  await using intake = startIntake({ algorithm, isSha256Needed: false }, { write: async () => undefined });
  for await (const chunk of stream as AsyncIterable<Buffer>) await intake.push(chunk);
  return await intake.end();
}
