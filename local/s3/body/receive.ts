import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.ts';
import { type Checksum, type ChecksumAlgorithm, checksumAlgorithmDefault } from './checksum.ts';
import { startDecoder } from './decoder.ts';
import { startDigests } from './digests.ts';
import type { BodyExpectations } from './expectations.ts';

export interface ReceivedBody {
  /** In hexadecimal, what a single PUT's ETag is made of. */
  readonly md5: string;
  /** As the request said it, or else computed here. */
  readonly checksum: Checksum;
}

/**
 * Streams a body into `write`, out of its chunks where it is `aws-chunked`, and holds it to what the request said of
 * it. On a refusal whoever called undoes what was written. The HTTP parser ends a body only at its declared length, so a
 * shorter one is a broken connection. Leaving the loop early must not destroy the request, or the answer could not be
 * sent any more.
 */
export async function receiveBody(
  incoming: IncomingMessage,
  expected: BodyExpectations,
  write: (chunk: Buffer) => Promise<void> | void,
  algorithm: ChecksumAlgorithm = expected.checksumAlgorithm ?? checksumAlgorithmDefault,
): Promise<ReceivedBody | Refusal> {
  using digests = await startDigests(algorithm, expected.contentSha256 !== undefined);
  const decoder = startDecoder(expected);
  try {
    for await (const bytes of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      const chunks = decoder.push(bytes);
      if (chunks instanceof Refusal) return chunks;
      for (const chunk of chunks) {
        await digests.update(chunk);
        await write(chunk);
      }
    }
  } catch (error) {
    // The client went away, be it after the last byte. Other errors are of keeping the bytes.
    if (error !== incoming.errored) throw error;
    return new Refusal('IncompleteBody');
  }
  const ended = decoder.end();
  if (ended instanceof Refusal) return ended;
  const received = await digests.digest();
  return firstMismatch({ ...expected, ...ended }, received) ?? received;
}

function firstMismatch(
  expected: BodyExpectations,
  received: ReceivedBody & { readonly sha256: string | undefined },
): Refusal | undefined {
  if (expected.contentSha256 !== received.sha256) {
    return new Refusal('XAmzContentSHA256Mismatch', undefined, {
      ClientComputedContentSHA256: expected.contentSha256 ?? '',
      S3ComputedContentSHA256: received.sha256 ?? '',
    });
  }
  const md5 = Buffer.from(received.md5, 'hex').toString('base64');
  if (expected.contentMd5 !== undefined && expected.contentMd5 !== md5) {
    return new Refusal('BadDigest', undefined, { ExpectedDigest: expected.contentMd5, CalculatedDigest: md5 });
  }
  if (expected.checksum === undefined || expected.checksum.value === received.checksum.value) return undefined;
  const message = `The ${expected.checksum.algorithm} you specified did not match the calculated checksum.`;
  return new Refusal('BadDigest', message);
}
