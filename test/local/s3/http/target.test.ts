import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../../../local/s3/http/target.ts';

describe('the target of a request', () => {
  it.each([
    ['bucket.s3.localhost', 'bucket'],
    ['bucket.s3.localhost:8081', 'bucket'],
    ['bucket.s3.amazonaws.com', 'bucket'],
    ['a.dotted.bucket.s3.eu-central-1.amazonaws.com', 'a.dotted.bucket'],
    ['bucket.s3-us-west-2.amazonaws.com', 'bucket'],
    ['bucket.s3.dualstack.eu-central-1.amazonaws.com', 'bucket'],
    ['bucket.localhost:8081', 'bucket'],
    ['a.dotted.bucket.localhost', 'a.dotted.bucket'],
    ['bucket.s3.eu-central-1.localhost:8081', 'bucket'],
    ['s3-bucket.localhost', 's3-bucket'],
    ['localhost:8081', 'documents'],
    ['s3.localhost:8081', 'documents'],
    ['s3.eu-central-1.localhost:8081', 'documents'],
    ['s3.amazonaws.com', 'documents'],
    ['s3.eu-central-1.amazonaws.com', 'documents'],
    ['s3-us-west-2.amazonaws.com', 'documents'],
    ['127.0.0.1:8081', 'documents'],
    ['bucket.s3.evil.example', 'documents'],
  ])('at the host %s is in the bucket %s', (host, bucketName) => {
    expect(parseTarget('/documents/a', host)?.bucketName).toBe(bucketName);
  });

  it('is found in one pass over the host, whatever is in it', () => {
    expect(parseTarget('/documents/a', `bucket.s3${'-'.repeat(20_000)}`)?.bucketName).toBe('documents');
  });
});
