import { bucketName, region, startTestS3, type TestS3, versioned } from '../support/server.ts';

/** A long-lived key, as a developer gives it to any client. */
export const key = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
export { bucketName, region };

const principal = { arn: 'arn:aws:iam::111122223333:user/developer', accountId: '111122223333' };

/** An S3 that any client can be pointed at. */
export const startForClients = (): Promise<TestS3> =>
  startTestS3({
    buckets: [{ ...versioned, versioning: false }],
    credentials: (id) => (id === key.accessKeyId ? { ...key, principal } : undefined),
  });

/** Keys that clients encode in ways of their own. */
export const specialKeys = [
  'plain.txt',
  'with space and+plus.txt',
  "quotes'(and)!stars*~.txt",
  'äöü/€/😀.txt',
  'a=b&c=d;e,f:g@h$i.txt',
  'per%cent%20.txt',
  'hash#question?.txt',
];

/** Every byte value, and no period of a power of two: parts and ranges that are mixed up are seen. */
export const patternOf = (sizeBytes: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: sizeBytes }, (_, i) => i % 251));
