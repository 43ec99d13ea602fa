import {
  CopyObjectCommand,
  type CopyObjectCommandInput,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from './support/server.ts';

const other = { ...versioned, name: 'sealdrop-other', versioning: false };
const queue = 'arn:aws:sqs:eu-central-1:111122223333:queue';
const notifications = [{ event: 's3:ObjectCreated:Copy', queue }];
let s3: TestS3;
beforeEach(async () => {
  s3 = await startTestS3({ buckets: [{ ...versioned, notifications }, other] });
});
afterEach(() => s3[Symbol.asyncDispose]());

const put = (input: Partial<PutObjectCommandInput> = {}) =>
  s3.client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'abc', ...input }));
const copy = (input: Partial<CopyObjectCommandInput> = {}) =>
  s3.client.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a`, ...input }));
const bodyOf = async (Key: string, from = Bucket) =>
  (await s3.client.send(new GetObjectCommand({ Bucket: from, Key }))).Body?.transformToString();
const head = (Key: string) => s3.client.send(new HeadObjectCommand({ Bucket, Key }));
const tagsOf = async (Key: string) => (await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet;

describe('CopyObject', () => {
  it('copies bytes, metadata and tags, and tells of it', async () => {
    const source = await put({
      ContentType: 'text/plain',
      Metadata: { m: '1' },
      Tagging: 't=1',
      ChecksumAlgorithm: 'SHA256',
    });
    const copied = await copy();
    expect(copied).toMatchObject({
      CopySourceVersionId: source.VersionId,
      VersionId: expect.stringMatching(/^\S{32}$/),
      ServerSideEncryption: 'AES256',
      CopyObjectResult: { ETag: source.ETag, ChecksumSHA256: source.ChecksumSHA256, LastModified: expect.any(Date) },
    });
    expect(copied.VersionId).not.toBe(source.VersionId);
    expect(await bodyOf('b')).toBe('abc');
    expect(await head('b')).toMatchObject({ ContentType: 'text/plain', Metadata: { m: '1' }, ETag: source.ETag });
    expect(await tagsOf('b')).toEqual([{ Key: 't', Value: '1' }]);
    await expect.poll(() => s3.delivered.length).toBe(1);
    const [record] = JSON.parse(s3.delivered[0]?.body ?? '').Records;
    expect(record).toMatchObject({ eventName: 'ObjectCreated:Copy', s3: { object: { key: 'b', size: 3 } } });
  });

  it('replaces metadata and tags where the directives say so', async () => {
    await put({ Metadata: { m: '1' }, Tagging: 't=1', StorageClass: 'STANDARD_IA' });
    await copy({ MetadataDirective: 'REPLACE', Metadata: { n: '2' }, TaggingDirective: 'REPLACE', Tagging: 'u=2' });
    expect(await head('b')).toMatchObject({ Metadata: { n: '2' }, ContentType: 'binary/octet-stream' });
    expect((await head('b')).StorageClass).toBeUndefined();
    expect(await tagsOf('b')).toEqual([{ Key: 'u', Value: '2' }]);
  });

  it('keeps the bytes of the copy when the source goes, and of the source when the copy goes', async () => {
    await put({ Bucket: other.name });
    const CopySource = `/${other.name}/a`;
    await copy({ CopySource });
    await s3.client.send(new DeleteObjectCommand({ Bucket: other.name, Key: 'a' }));
    expect(await bodyOf('b')).toBe('abc');
    await copy({ CopySource: `${Bucket}/b`, Bucket: other.name, Key: 'c' });
    await put({ Bucket: other.name, Key: 'c', Body: 'new' });
    await s3.restart();
    expect([await bodyOf('b'), await bodyOf('c', other.name)]).toEqual(['abc', 'new']);
  });

  it('copies a version, by an encoded name', async () => {
    const { VersionId } = await put({ Key: 'a/é +' });
    await put({ Key: 'a/é +', Body: 'newer' });
    await copy({ Key: 'a/é +', CopySource: `${Bucket}/${encodeURIComponent('a/é +')}?versionId=${VersionId}` });
    expect(await bodyOf('a/é +')).toBe('abc');
  });

  it('copies onto itself only where that changes something', async () => {
    await put({ Bucket: other.name });
    const same = { Bucket: other.name, Key: 'a', CopySource: `${other.name}/a` };
    await expect(copy(same)).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: expect.stringMatching(/copy an object to itself/),
    });
    await copy({ ...same, MetadataDirective: 'REPLACE', Metadata: { m: '1' } });
    await copy({ ...same, StorageClass: 'GLACIER_IR' });
    expect(await bodyOf('a', other.name)).toBe('abc');
  });

  it.each([
    ['If-Match', () => ({ CopySourceIfMatch: '"other"' })],
    ['If-None-Match', (etag: string) => ({ CopySourceIfNoneMatch: etag })],
    ['If-Unmodified-Since', () => ({ CopySourceIfUnmodifiedSince: new Date(0) })],
    ['If-Modified-Since', () => ({ CopySourceIfModifiedSince: new Date() })],
  ])('holds the source to x-amz-copy-source-%s', async (_, input) => {
    const { ETag = '' } = await put();
    const failed = copy(input(ETag));
    await expect(failed).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    await copy({ CopySourceIfMatch: ETag, CopySourceIfUnmodifiedSince: new Date(0) });
  });

  it('holds the destination to If-None-Match, and leaves the source as it is', async () => {
    await put();
    await copy({ IfNoneMatch: '*' });
    await expect(copy({ IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(await bodyOf('a')).toBe('abc');
  });

  it('asks for the right to read the source and its tags, and to write both', async () => {
    const { VersionId } = await put({ Tagging: 't=1' });
    s3.asked.length = 0;
    await copy({ CopySource: `${Bucket}/a?versionId=${VersionId}` });
    expect(s3.asked.map(({ action, resource }) => `${action} ${resource.slice(-1)}`)).toEqual([
      's3:PutObject b',
      's3:GetObjectVersion a',
      's3:GetObjectVersionTagging a',
      's3:PutObjectTagging b',
    ]);
    expect(s3.asked[0]?.conditions).toMatchObject({ 's3:x-amz-copy-source': `${Bucket}/a?versionId=${VersionId}` });
    expect(s3.asked[1]?.conditions).toMatchObject({ 's3:ExistingObjectTag/t': '1', 's3:VersionId': VersionId });
    await s3.restart({
      authorize: ({ action }) =>
        action === 's3:GetObject' ? { allowed: false, reason: 'implicit-deny' } : { allowed: true },
    });
    await expect(copy()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(/perform: s3:GetObject on resource/),
    });
  });

  it.each([
    ['a key that is not there', { CopySource: `${Bucket}/none` }, 'NoSuchKey'],
    ['a bucket that is not there', { CopySource: 'missing/a' }, 'NoSuchBucket'],
    ['a version that is not there', { CopySource: `${Bucket}/a?versionId=${'v'.repeat(32)}` }, 'NoSuchVersion'],
    ['no key', { CopySource: Bucket }, 'InvalidArgument'],
    ['bad encoding', { CopySource: `${Bucket}/%ff` }, 'InvalidArgument'],
    ['an access point', { CopySource: 'arn:aws:s3:::accesspoint/a/object/b' }, 'NotImplemented'],
    ['an unknown directive', { MetadataDirective: 'KEEP' as never }, 'InvalidArgument'],
    ['an unknown checksum', { ChecksumAlgorithm: 'MD4' as never }, 'InvalidRequest'],
  ])('refuses %s', async (_, input, name) => {
    await put();
    await expect(copy(input)).rejects.toMatchObject({ name });
  });

  it('refuses a delete marker', async () => {
    await put();
    const { VersionId } = await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await expect(copy()).rejects.toMatchObject({ name: 'NoSuchKey' });
    const marker = copy({ CopySource: `${Bucket}/a?versionId=${VersionId}` });
    await expect(marker).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: expect.stringMatching(/delete marker/),
    });
  });
});
