import { createHash } from 'node:crypto';
import { CopyObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { begin, complete, sendPart } from './support/multipart.ts';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from './support/server.ts';

const kms = { ...versioned, name: 'sealdrop-kms', encryption: { sseAlgorithm: 'aws:kms' } } as const;
const md5 = `"${createHash('md5').update('abc').digest('hex')}"`;
const opaque = expect.stringMatching(/^"[0-9a-f]{32}"$/);
let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3({ buckets: [versioned, kms] });
});
afterAll(() => s3[Symbol.asyncDispose]());

it.each([
  ['the default of the bucket', { Bucket: kms.name }],
  ['the header aws:kms', { Bucket, ServerSideEncryption: 'aws:kms' }],
  ['the header aws:kms:dsse', { Bucket, ServerSideEncryption: 'aws:kms:dsse' }],
] as const)('has an ETag that is not the MD5, and stays, under %s', async (_, input) => {
  const { ETag } = await s3.client.send(new PutObjectCommand({ Key: 'k', Body: 'abc', ...input }));
  expect(ETag).toEqual(opaque);
  expect(ETag).not.toBe(md5);
  const head = () => s3.client.send(new HeadObjectCommand({ Bucket: input.Bucket, Key: 'k', IfMatch: ETag }));
  expect((await head()).ETag).toBe(ETag);
});

it('holds parts to the ETags they were given', async () => {
  const upload = await begin(s3, { ServerSideEncryption: 'aws:kms' });
  const { ETag } = await sendPart(s3, upload, 1, 'abc');
  expect(ETag).not.toBe(md5);
  const made = await complete(s3, upload, [{ PartNumber: 1, ETag }]);
  expect(made.ETag).toMatch(/^"[0-9a-f]{32}-1"$/);
});

it('is the MD5 again in a copy under SSE-S3, and none in a copy under KMS', async () => {
  await s3.client.send(new PutObjectCommand({ Bucket: kms.name, Key: 'source', Body: 'abc' }));
  const copy = async (to: string) => {
    const input = { Bucket: to, Key: 'copy', CopySource: `${kms.name}/source` };
    return (await s3.client.send(new CopyObjectCommand(input))).CopyObjectResult?.ETag;
  };
  expect(await copy(Bucket)).toBe(md5);
  expect(await copy(kms.name)).not.toBe(md5);
});
