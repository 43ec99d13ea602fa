import * as sdk from '@aws-sdk/client-s3';
import {
  DeleteBucketReplicationCommand,
  GetBucketWebsiteCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  PutBucketLoggingCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { operations } from '../../../local/s3/routing/operations.ts';
import { sendRaw } from './support/raw.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

const Key = 'k';
let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(() => s3[Symbol.asyncDispose]());

it.each([
  [new GetBucketWebsiteCommand({ Bucket }), /GET on a bucket with \?website/],
  [new DeleteBucketReplicationCommand({ Bucket }), /DELETE on a bucket with \?replication/],
  [new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} }), /PUT on a bucket with \?logging/],
  [new GetObjectAclCommand({ Bucket, Key }), /GET on an object with \?acl/],
])('says what it does not implement: %#', async (command, message) => {
  await expect(s3.client.send(command as GetObjectCommand)).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringMatching(message),
    $metadata: { httpStatusCode: 501 },
  });
});

it('does not read bodies in aws-chunks of presigned requests, and says so', async () => {
  const url = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket, Key }));
  const headers = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'content-length': 1 };
  const answer = await sendRaw(url, { method: 'PUT', headers, body: 'a' });
  expect(answer).toMatchObject({ status: 501, error: { Code: 'NotImplemented' } });
  expect(answer.error.Message).toMatch(/aws-chunked bodies of presigned requests/);
});

it.each([
  ['x-amz-tagging', { Tagging: 'a=b' }],
  ['x-amz-storage-class', { StorageClass: 'GLACIER' }],
  ['x-amz-checksum-crc32', { ChecksumCRC32: 'AAAAAA==' }],
  ['x-amz-meta-a', { Metadata: { a: 'b' } }],
] as const)('does not take %s from the query, and says so', async (name, input) => {
  const url = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket, Key, ...input }));
  expect(url).toContain(`${name}=`);
  const answer = await sendRaw(url, { method: 'PUT', headers: { 'content-length': 1 }, body: 'a' });
  expect(answer).toMatchObject({ status: 501, error: { Code: 'NotImplemented' } });
  expect(answer.error.Message).toContain(`the parameter ${name}`);
});

it('asks for a signature before it tells anything', async () => {
  const anonymous = await sendRaw(`${s3.origin}/${Bucket}/${Key}?acl`);
  expect(anonymous).toMatchObject({ status: 403, error: { Code: 'AccessDenied', Message: 'Access Denied' } });
});

it('knows only the buckets of its configuration', async () => {
  await expect(s3.client.send(new GetObjectCommand({ Bucket: 'missing', Key }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
    BucketName: 'missing',
  });
});

/** All that S3 has and this S3 does not; a name it took for another operation's would do something else instead. */
const refused = Object.entries(sdk).flatMap(([name, Command]) => {
  const operation = /^(\w+)Command$/.exec(name)?.[1];
  // Object Lambda answers at an address of its own.
  if (operation === undefined || operation === 'WriteGetObjectResponse') return [];
  return operations.some((known) => known.name === operation) ? [] : [{ operation, Command: Command as AnyCommand }];
});
type AnyCommand = new (input: object) => GetObjectCommand;

it.each(refused)('refuses $operation', async ({ Command }) => {
  const input = { Bucket, Key, Id: 'i', UploadId: 'u', PartNumber: 1, CopySource: 'a/b', RenameSource: 'a' };
  await expect(s3.client.send(new Command(input))).rejects.toMatchObject({ name: 'NotImplemented' });
});
