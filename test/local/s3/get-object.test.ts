import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presignGet, sha256Base64 } from './support/presign.ts';
import { sendRaw } from './support/raw.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

const Key = 'k';
const Body = '0123456789';
let s3: TestS3;
let etag: string;
let versionId: string;
let lastModified: Date;

beforeAll(async () => {
  s3 = await startTestS3();
  const ChecksumSHA256 = sha256Base64(Body);
  const put = await s3.client.send(new PutObjectCommand({ Bucket, Key, Body, ChecksumSHA256 }));
  etag = put.ETag ?? '';
  versionId = put.VersionId ?? '';
  const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key }));
  lastModified = head.LastModified ?? new Date(0);
});
afterAll(() => s3[Symbol.asyncDispose]());

const get = (input: Partial<GetObjectCommandInput> = {}) =>
  s3.client.send(new GetObjectCommand({ Bucket, Key, ...input }));

describe('a range', () => {
  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=-99', Body, 'bytes 0-9/10'],
    ['bytes=5-99', '56789', 'bytes 5-9/10'],
  ])('%s', async (Range, text, ContentRange) => {
    const part = await get({ Range, ChecksumMode: 'ENABLED' });
    expect(await part.Body?.transformToString()).toBe(text);
    expect(part).toMatchObject({ ContentRange, ContentLength: text.length, $metadata: { httpStatusCode: 206 } });
    expect(part.ChecksumSHA256).toBeUndefined();
  });

  it.each(['bytes=3-1', 'bytes=a-b', 'bytes=0-1,3-4', 'lines=0-1', 'bytes=-'])(
    '%s is no range: all of it',
    async (Range) => {
      const all = await get({ Range });
      expect(await all.Body?.transformToString()).toBe(Body);
      expect(all.$metadata.httpStatusCode).toBe(200);
    },
  );

  it.each([
    ['the ETag it has', () => etag, 206],
    ['the date it has', () => lastModified.toUTCString(), 206],
    ['another ETag', () => '"other"', 200],
    ['a weak ETag', () => `W/${etag}`, 200],
    ['another date', () => new Date(lastModified.getTime() + 60_000).toUTCString(), 200],
    ['what is neither', () => 'yesterday', 200],
  ])('is held to If-Range: %s', async (_, ifRange, status) => {
    const headers = { range: 'bytes=0-3', 'if-range': ifRange() };
    const answer = await sendRaw(await presignGet(s3, Key), { headers });
    expect(answer).toMatchObject({ status, body: status === 206 ? '0123' : Body });
  });

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('%s is refused: InvalidRange', async (Range) => {
    await expect(get({ Range })).rejects.toMatchObject({
      name: 'InvalidRange',
      ActualObjectSize: '10',
      RangeRequested: Range,
      $metadata: { httpStatusCode: 416 },
    });
  });
});

describe('a conditional read', () => {
  const earlier = (): Date => new Date(lastModified.getTime() - 60_000);
  it.each<[string, () => Partial<GetObjectCommandInput>, number]>([
    ['If-Match with the ETag', () => ({ IfMatch: etag }), 200],
    ['If-Match with another', () => ({ IfMatch: '"other"' }), 412],
    ['If-None-Match with the ETag', () => ({ IfNoneMatch: etag }), 304],
    ['If-None-Match with another', () => ({ IfNoneMatch: '"other"' }), 200],
    ['If-Modified-Since its date', () => ({ IfModifiedSince: lastModified }), 304],
    ['If-Modified-Since before', () => ({ IfModifiedSince: earlier() }), 200],
    ['If-Unmodified-Since its date', () => ({ IfUnmodifiedSince: lastModified }), 200],
    ['If-Unmodified-Since before', () => ({ IfUnmodifiedSince: earlier() }), 412],
    ['If-Match overrules its date', () => ({ IfMatch: etag, IfUnmodifiedSince: earlier() }), 200],
    ['If-None-Match overrules its date', () => ({ IfNoneMatch: etag, IfModifiedSince: earlier() }), 304],
  ])('%s', async (_name, input, status) => {
    const found = await get(input()).then(
      (answer) => answer.$metadata.httpStatusCode,
      (error) => error.$metadata.httpStatusCode,
    );
    expect(found).toBe(status);
  });

  it('answers 304 with the ETag and no body', async () => {
    const answer = await sendRaw(await presignGet(s3, Key), { headers: { 'if-none-match': etag } });
    expect(answer).toMatchObject({ status: 304, body: '', headers: { etag, 'x-amz-version-id': versionId } });
  });
});

describe('a presigned download', () => {
  it('pins the version and says with which headers it comes', async () => {
    const url = await presignGet(s3, Key, {
      VersionId: versionId,
      ResponseContentType: 'application/pdf',
      ResponseContentDisposition: `attachment; filename="a.pdf"; filename*=UTF-8''%C3%A9.pdf`,
      ResponseCacheControl: 'no-store',
    });
    expect(await sendRaw(url)).toMatchObject({
      status: 200,
      body: Body,
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="a.pdf"; filename*=UTF-8''%C3%A9.pdf`,
        'cache-control': 'no-store',
        'x-amz-version-id': versionId,
      },
    });
  });

  it.each(['a\r\nset-cookie: b', 'файл.pdf'])('refuses a header that is none: %j', async (disposition) => {
    const answer = await sendRaw(await presignGet(s3, Key, { ResponseContentDisposition: disposition }));
    expect(answer).toMatchObject({
      status: 400,
      error: { Code: 'InvalidArgument', ArgumentName: 'response-content-disposition' },
    });
  });

  it('does not read another version than the one signed', async () => {
    const url = await presignGet(s3, Key, { VersionId: versionId });
    const other = url.replace(`versionId=${versionId}`, 'versionId=null');
    expect(await sendRaw(other)).toMatchObject({ status: 403, error: { Code: 'SignatureDoesNotMatch' } });
  });
});

it('gives the checksum of the whole object when asked, and the SDK agrees with it', async () => {
  const whole = await get({ ChecksumMode: 'ENABLED' });
  expect(whole.ChecksumSHA256).toBe(sha256Base64(Body));
  expect(await whole.Body?.transformToString()).toBe(Body);
  const linked = await sendRaw(await presignGet(s3, Key, { ChecksumMode: 'ENABLED' }));
  expect(linked.headers['x-amz-checksum-sha256']).toBe(sha256Base64(Body));
});

describe('versions', () => {
  it('reads each version, and behind a delete marker only by id', async () => {
    const first = await s3.client.send(new PutObjectCommand({ Bucket, Key: 'v', Body: 'one' }));
    const second = await s3.client.send(new PutObjectCommand({ Bucket, Key: 'v', Body: 'two' }));
    const read = async (VersionId?: string): Promise<string | undefined> =>
      (await get({ Key: 'v', VersionId })).Body?.transformToString();
    expect(await read()).toBe('two');
    expect(await read(first.VersionId)).toBe('one');

    const marker = await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'v' }));
    expect(marker).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    await expect(read()).rejects.toMatchObject({ name: 'NoSuchKey', Key: 'v' });
    await expect(read(marker.VersionId)).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    expect(await read(second.VersionId)).toBe('two');

    const undone = await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'v', VersionId: marker.VersionId }));
    expect(undone).toMatchObject({ DeleteMarker: true, VersionId: marker.VersionId });
    expect(await read()).toBe('two');
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'v', VersionId: second.VersionId }));
    expect(await read()).toBe('one');
    await expect(read(second.VersionId)).rejects.toMatchObject({ name: 'NoSuchVersion' });
  });

  it('says on HEAD and GET that a delete marker hides the object', async () => {
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'never-there' }));
    const answer = await sendRaw(await presignGet(s3, 'never-there'));
    expect(answer).toMatchObject({ status: 404, headers: { 'x-amz-delete-marker': 'true' } });
    await expect(s3.client.send(new HeadObjectCommand({ Bucket, Key: 'never-there' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('tells an id that is none from one that is gone', async () => {
    await expect(get({ VersionId: 'abc' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(get({ VersionId: 'a'.repeat(32) })).rejects.toMatchObject({ name: 'NoSuchVersion' });
    await expect(
      s3.client.send(new DeleteObjectCommand({ Bucket, Key, VersionId: 'a'.repeat(32) })),
    ).resolves.toMatchObject({ $metadata: { httpStatusCode: 204 } });
  });
});
