import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type ChecksumAlgorithm, startChecksum } from './checksum.ts';
import type { ReceivedBody } from './receive.ts';

/** MD5 and checksum of bytes that are already here. */
export async function digestOf(stream: Readable, algorithm: ChecksumAlgorithm): Promise<ReceivedBody> {
  const md5 = createHash('md5');
  const checksum = await startChecksum[algorithm]();
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    md5.update(chunk);
    checksum.update(chunk);
  }
  return { md5: md5.digest('hex'), checksum: { algorithm, value: checksum.digest() } };
}
