import type { Readable } from 'node:stream';
import type { ChecksumAlgorithm } from './checksum.ts';
import { startDigests } from './digests.ts';
import type { ReceivedBody } from './receive.ts';

/** MD5 and checksum of bytes that are already here. */
export async function digestOf(stream: Readable, algorithm: ChecksumAlgorithm): Promise<ReceivedBody> {
  using digests = await startDigests(algorithm);
  for await (const chunk of stream as AsyncIterable<Buffer>) await digests.update(chunk);
  return await digests.digest();
}
