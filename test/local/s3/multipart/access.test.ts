import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Begun, begin, complete, sendPart } from '../support/multipart.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from '../support/server.ts';

let s3: TestS3;
let upload: Begun;
beforeEach(async () => {
  s3 = await startTestS3();
  upload = await begin(s3);
  s3.asked.length = 0;
});
afterEach(() => s3[Symbol.asyncDispose]());

const object = `arn:aws:s3:::${Bucket}/k`;

it.each<[string, () => Promise<unknown>, readonly string[], string, string | undefined]>([
  ['CreateMultipartUpload', () => begin(s3), ['s3:PutObject'], object, 'false'],
  [
    'CreateMultipartUpload with tags',
    () => begin(s3, { Tagging: 'state=incoming' }),
    ['s3:PutObject', 's3:PutObjectTagging'],
    object,
    'false',
  ],
  ['UploadPart', () => sendPart(s3, upload, 1, 'a'), ['s3:PutObject'], object, 'false'],
  [
    'AbortMultipartUpload',
    () => s3.client.send(new AbortMultipartUploadCommand(upload)),
    ['s3:AbortMultipartUpload'],
    object,
    undefined,
  ],
  ['ListParts', () => s3.client.send(new ListPartsCommand(upload)), ['s3:ListMultipartUploadParts'], object, undefined],
  [
    'ListMultipartUploads',
    () => s3.client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'k' })),
    ['s3:ListBucketMultipartUploads'],
    `arn:aws:s3:::${Bucket}`,
    undefined,
  ],
])('%s asks for its actions', async (_name, act, actions, resource, creates) => {
  await act();
  expect(s3.asked.map(({ action }) => action)).toEqual(actions);
  for (const asked of s3.asked) {
    expect(asked.resource).toBe(resource);
    expect(asked.conditions['s3:ObjectCreationOperation']).toBe(creates);
    expect(asked.conditions['s3:prefix']).toBeUndefined();
  }
});

it('CompleteMultipartUpload makes an object, and tells its condition', async () => {
  const { ETag } = await sendPart(s3, upload, 1, 'a');
  s3.asked.length = 0;
  await complete(s3, upload, [{ PartNumber: 1, ETag }], { IfNoneMatch: '*' });
  expect(s3.asked.map(({ action, resource }) => [action, resource])).toEqual([['s3:PutObject', object]]);
  expect(s3.asked[0]?.conditions).toMatchObject({ 's3:ObjectCreationOperation': 'true', 's3:if-none-match': '*' });
});

it('CompleteMultipartUpload over an object that is named needs the right to read it', async () => {
  const { ETag } = await sendPart(s3, upload, 1, 'a');
  s3.asked.length = 0;
  const refused = complete(s3, upload, [{ PartNumber: 1, ETag }], { IfMatch: '"abc"' });
  await expect(refused).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect(s3.asked.map(({ action }) => action)).toEqual(['s3:PutObject', 's3:GetObject']);
});

it('CreateMultipartUpload tells the tags and headers that policies ask for', async () => {
  const command = { Bucket, Key: 'k', Tagging: 'state=incoming', StorageClass: 'GLACIER_IR' } as const;
  await s3.client.send(new CreateMultipartUploadCommand(command));
  expect(s3.asked[0]?.conditions).toMatchObject({
    's3:RequestObjectTag/state': 'incoming',
    's3:x-amz-storage-class': 'GLACIER_IR',
  });
});

it('a denial names the action', async () => {
  await s3.restart({ authorize: () => ({ allowed: false, reason: 'implicit-deny' }) });
  await expect(s3.client.send(new ListPartsCommand(upload))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('s3:ListMultipartUploadParts'),
  });
});
