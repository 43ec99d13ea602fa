import { DeleteObjectCommand, GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from './support/server.ts';

const Key = 'k';
const queue = 'arn:aws:sqs:eu-central-1:111122223333:queue';
let s3: TestS3;
beforeEach(async () => {
  s3 = await startTestS3({ buckets: [{ ...versioned, versioning: false }] });
});
afterEach(() => s3[Symbol.asyncDispose]());

const switchTo = (versioning: boolean | 'suspended') =>
  s3.restart({ buckets: [{ ...versioned, versioning, notifications: [{ event: 's3:ObjectRemoved:*', queue }] }] });
const put = async (Body: string) => (await s3.client.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
const remove = (VersionId?: string) => s3.client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
const read = async (VersionId?: string) =>
  (await s3.client.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString();
const versions = async () => {
  const { Versions = [], DeleteMarkers = [] } = await s3.client.send(new ListObjectVersionsCommand({ Bucket }));
  return [...Versions, ...DeleteMarkers].map(({ VersionId }) => VersionId);
};

it('replaces the one version of a bucket that was never versioned, and says nothing of versions', async () => {
  expect(await put('1')).toBeUndefined();
  await put('2');
  expect([await read(), await versions()]).toEqual(['2', ['null']]);
  expect(await remove()).not.toHaveProperty('DeleteMarker');
  expect(await versions()).toEqual([]);
});

it('keeps what was there before versioning as the version null', async () => {
  await put('before');
  await switchTo(true);
  const first = await put('first');
  expect(await versions()).toEqual([first, 'null']);
  expect(await read('null')).toBe('before');
  expect(await remove('null')).toMatchObject({ VersionId: 'null' });
  expect(await versions()).toEqual([first]);
});

it('replaces only the version null while versioning is suspended', async () => {
  await switchTo(true);
  const first = await put('first');
  await switchTo('suspended');
  expect(await put('2')).toBe('null');
  expect(await put('3')).toBe('null');
  expect([await read(), await versions()]).toEqual(['3', ['null', first]]);
  await switchTo(true);
  const fourth = await put('4');
  expect(await versions()).toEqual([fourth, 'null', first]);
  await switchTo('suspended');
  await put('5');
  expect(await versions()).toEqual(['null', fourth, first]);
});

it('marks as deleted with the version null, in place of the object null, while suspended', async () => {
  await switchTo(true);
  const first = await put('first');
  await switchTo('suspended');
  await put('gone');
  expect(await remove()).toMatchObject({ VersionId: 'null', DeleteMarker: true });
  expect(await remove()).toMatchObject({ VersionId: 'null', DeleteMarker: true });
  await expect(read()).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect(await versions()).toEqual([first, 'null']);
  expect(await read(first)).toBe('first');
  expect(await remove('null')).toMatchObject({ VersionId: 'null', DeleteMarker: true });
  expect(await read()).toBe('first');
  await expect.poll(() => s3.delivered.length).toBe(3);
  const records = s3.delivered.map(({ body }) => JSON.parse(body).Records[0]);
  expect(records.map(({ eventName }) => eventName)).toEqual([
    'ObjectRemoved:DeleteMarkerCreated',
    'ObjectRemoved:DeleteMarkerCreated',
    'ObjectRemoved:Delete',
  ]);
  expect(records.map((record) => record.s3.object.versionId)).toEqual(['null', 'null', 'null']);
});
