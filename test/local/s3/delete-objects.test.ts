import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  type DeleteObjectsCommandOutput,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendRaw } from './support/raw.ts';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from './support/server.ts';

let s3: TestS3;
beforeEach(async () => {
  s3 = await startTestS3();
});
afterEach(() => s3[Symbol.asyncDispose]());

const put = (Key: string) => s3.client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
const remove = (Objects: ObjectIdentifier[], Quiet?: boolean): Promise<DeleteObjectsCommandOutput> =>
  s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet } }));
const head = (Key: string) => s3.client.send(new HeadObjectCommand({ Bucket, Key }));

describe('DeleteObjects', () => {
  it('adds a delete marker for each key, also for those that are not there', async () => {
    const keys = ['a', 'b&<>"\n\u{1f600}', 'none'];
    await put('a');
    await put('b&<>"\n\u{1f600}');
    const { Deleted = [], Errors } = await remove(keys.map((Key) => ({ Key })));
    expect(Deleted.map(({ Key }) => Key)).toEqual(keys);
    for (const deleted of Deleted) {
      expect(deleted).toMatchObject({ DeleteMarker: true, DeleteMarkerVersionId: expect.stringMatching(/^\S{32}$/) });
    }
    expect(Errors).toBeUndefined();
    await expect(head('a')).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('removes versions and delete markers by their ids', async () => {
    const { VersionId } = await put('a');
    const marker = await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const { Deleted } = await remove([
      { Key: 'a', VersionId },
      { Key: 'a', VersionId: marker.VersionId },
    ]);
    expect(Deleted).toEqual([
      { Key: 'a', VersionId },
      { Key: 'a', VersionId: marker.VersionId, DeleteMarker: true, DeleteMarkerVersionId: marker.VersionId },
    ]);
    expect((await s3.client.send(new ListObjectVersionsCommand({ Bucket }))).Versions).toBeUndefined();
  });

  it('tells only of errors where it is to be quiet', async () => {
    const answer = await remove([{ Key: 'a' }, { Key: 'b', VersionId: 'no version' }, { Key: 'k'.repeat(1025) }], true);
    expect(answer.Deleted).toBeUndefined();
    expect(answer.Errors?.map(({ Code }) => Code)).toEqual(['NoSuchVersion', 'KeyTooLongError']);
  });

  it('asks for each key, with its action and version, and goes on after a denial', async () => {
    const { VersionId } = await put('c');
    await s3.restart({
      authorize: (request) => {
        s3.asked.push(request);
        return request.resource.endsWith('/b') ? { allowed: false, reason: 'implicit-deny' } : { allowed: true };
      },
    });
    s3.asked.length = 0;
    const { Deleted, Errors } = await remove([{ Key: 'a' }, { Key: 'b' }, { Key: 'c', VersionId }]);
    expect(s3.asked.map(({ action, resource }) => `${action} ${resource}`)).toEqual([
      `s3:DeleteObject arn:aws:s3:::${Bucket}/a`,
      `s3:DeleteObject arn:aws:s3:::${Bucket}/b`,
      `s3:DeleteObjectVersion arn:aws:s3:::${Bucket}/c`,
    ]);
    expect(s3.asked[2]?.conditions).toMatchObject({ 's3:VersionId': VersionId });
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['a', 'c']);
    expect(Errors).toEqual([expect.objectContaining({ Key: 'b', Code: 'AccessDenied' })]);
    expect(Errors?.[0]?.Message).toMatch(/is not authorized to perform: s3:DeleteObject on resource/);
  });

  it('compares ETags key by key', async () => {
    const { ETag } = await put('a');
    await put('b');
    const { Deleted, Errors } = await remove([
      { Key: 'a', ETag },
      { Key: 'b', ETag },
      { Key: 'c', Size: 1 },
    ]);
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['a']);
    expect(Errors?.map(({ Code }) => Code)).toEqual(['PreconditionFailed', 'NotImplemented']);
  });

  it('takes 1,000 keys and no more', { timeout: 30_000 }, async () => {
    const keys = Array.from({ length: 1001 }, (_, index) => ({ Key: `k${index}` }));
    expect((await remove(keys.slice(1))).Deleted).toHaveLength(1000);
    await expect(remove(keys)).rejects.toMatchObject({ name: 'MalformedXML' });
  });

  it.each([
    ['no XML', 'Delete'],
    ['nothing to delete', '<Delete></Delete>'],
    ['an object without a key', '<Delete><Object><VersionId>a</VersionId></Object></Delete>'],
    ['an empty key', '<Delete><Object><Key></Key></Object></Delete>'],
    ['a document type', '<!DOCTYPE a><Delete><Object><Key>a</Key></Object></Delete>'],
    ['a Quiet that is none', '<Delete><Object><Key>a</Key></Object><Quiet>yes</Quiet></Delete>'],
  ])('refuses %s', async (_, body) => {
    expect(await send(body, md5Of(body))).toMatchObject({ status: 400, error: { Code: 'MalformedXML' } });
  });

  it('wants a checksum of its list, and the right one', async () => {
    const body = '<Delete><Object><Key>a</Key></Object></Delete>';
    const without = { Code: 'InvalidRequest', Message: 'Missing required header for this request: Content-MD5' };
    expect(await send(body)).toMatchObject({ status: 400, error: without });
    expect(await send(body, md5Of('other'))).toMatchObject({ status: 400, error: { Code: 'BadDigest' } });
    expect(await send(body, md5Of(body))).toMatchObject({ status: 200 });
  });
});

const md5Of = (text: string): string => createHash('md5').update(text).digest('base64');

async function send(body: string, contentMd5?: string) {
  const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }] } });
  // A signature of the query leaves the body open.
  command.middlewareStack.add(
    (next) => (args) => {
      const { request } = args as { request: { body?: unknown; headers: Record<string, string> } };
      for (const name of Object.keys(request.headers)) if (name !== 'host') delete request.headers[name];
      delete request.body;
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  const url = await getSignedUrl(s3.client, command);
  const headers = { 'content-length': body.length, ...(contentMd5 && { 'content-md5': contentMd5 }) };
  return sendRaw(url, { method: 'POST', headers, body });
}

describe('DeleteObject with If-Match', () => {
  const removeIf = (Key: string, IfMatch: string, VersionId?: string) =>
    s3.client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch, VersionId }));

  it.each([true, false])('deletes only what is as expected: versioning %s', async (versioning) => {
    await s3.restart({ buckets: [{ ...versioned, versioning }] });
    const { ETag = '' } = await put('a');
    await expect(removeIf('a', '"other"')).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(head('a')).resolves.toMatchObject({ ETag });
    await removeIf('a', ETag);
    await expect(removeIf('a', ETag)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(removeIf('a', '*')).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await put('a');
    await removeIf('a', '*');
    await expect(head('a')).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('compares the version that is named, not the current one', async () => {
    const old = await put('a');
    const current = await s3.client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'newer' }));
    const wrong = removeIf('a', current.ETag ?? '', old.VersionId);
    await expect(wrong).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    expect(await removeIf('a', old.ETag ?? '', old.VersionId)).toMatchObject({ VersionId: old.VersionId });
    await expect(removeIf('a', old.ETag ?? '', old.VersionId)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(head('a')).resolves.toMatchObject({ ETag: current.ETag });
  });

  it('asks for the right to read where it compares an ETag', async () => {
    const { ETag = '' } = await put('a');
    s3.asked.length = 0;
    await removeIf('a', ETag);
    expect(s3.asked.map(({ action }) => action)).toEqual(['s3:DeleteObject', 's3:GetObject']);
  });
});
