import type { Bucket } from '../buckets/bucket.ts';
import type { RequestHeaders } from '../http/request.ts';
import { Refusal } from '../refusal.ts';

/**
 * "Verifying bucket ownership with bucket owner condition" of the S3 user guide: the account that a client takes for the
 * owner of a bucket must be it.
 */
export function checkExpectedOwner(
  { owner }: Bucket,
  headers: RequestHeaders,
  header: 'x-amz-expected-bucket-owner' | 'x-amz-source-expected-bucket-owner' = 'x-amz-expected-bucket-owner',
): Refusal | undefined {
  const expected = headers.get(header);
  if (expected === undefined || expected === owner) return undefined;
  return new Refusal(/^\d{12}$/.test(expected) ? 'AccessDenied' : 'InvalidBucketOwnerAWSAccountID');
}
