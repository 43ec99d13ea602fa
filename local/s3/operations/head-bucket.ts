import type { Operation } from './operation.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket: Operation = {
  name: 'HeadBucket',
  method: 'HEAD',
  target: 'bucket',
  actions: () => ['s3:ListBucket'],
  handle: async ({ bucket }) => ({ status: 200, headers: { 'x-amz-bucket-region': bucket.region } }),
};
