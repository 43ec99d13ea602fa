import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.ts';
import { type ChecksumAlgorithm, checksumAlgorithmDefault } from './checksum.ts';
import { startDecoder } from './decoder.ts';
import type { BodyExpectations } from './expectations.ts';
import type { Hashes } from './hashes.ts';
import { startIntake, type Target } from './intake.ts';

/** A single PUT's ETag is made of `md5`; `checksum` is as the request said it, or else computed here. */
export type ReceivedBody = Pick<Hashes, 'md5' | 'checksum'>;

/**
 * Streams a body into `target`, out of its chunks where it is `aws-chunked`, and holds it to what the request said of
 * it. On a refusal whoever called undoes what was written. The HTTP parser ends a body only at its declared length, so a
 * shorter one is a broken connection. Leaving the loop early must not destroy the request, or the answer could not be
 * sent any more.
 */
export async function receiveBody(
  incoming: IncomingMessage,
  expected: BodyExpectations,
  target: Target,
  algorithm: ChecksumAlgorithm = expected.checksumAlgorithm ?? checksumAlgorithmDefault,
): Promise<ReceivedBody | Refusal> {
  await using intake = startIntake({ algorithm, isSha256Needed: expected.contentSha256 !== undefined }, target);
  const decoder = startDecoder(expected);
  try {
    for await (const bytes of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      const chunks = decoder.push(bytes);
      if (chunks instanceof Refusal) return chunks;
      for (const chunk of chunks) await intake.push(chunk);
    }
  } catch (error) {
    // The client went away, be it after the last byte. Other errors are of keeping the bytes.
    if (error !== incoming.errored) throw error;
    return new Refusal('IncompleteBody');
  }
  const ended = decoder.end();
  if (ended instanceof Refusal) return ended;
  const received = await intake.end();
  return firstMismatch({ ...expected, ...ended }, received) ?? received;
}

function firstMismatch(expected: BodyExpectations, received: Hashes): Refusal | undefined {
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
