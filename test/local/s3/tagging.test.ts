import {
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectTaggingCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type Tag,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from './support/raw.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

const Key = 'k';
let s3: TestS3;
let older: string;
let newer: string;

beforeAll(async () => {
  s3 = await startTestS3();
  const put = (Body: string) => s3.client.send(new PutObjectCommand({ Bucket, Key, Body, Tagging: 'state=incoming' }));
  older = (await put('a')).VersionId ?? '';
  newer = (await put('b')).VersionId ?? '';
});
afterAll(() => s3[Symbol.asyncDispose]());

const tagsOf = async (VersionId?: string): Promise<readonly Tag[] | undefined> =>
  (await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key, VersionId }))).TagSet;
const setTags = (TagSet: Tag[], VersionId?: string) =>
  s3.client.send(new PutObjectTaggingCommand({ Bucket, Key, VersionId, Tagging: { TagSet } }));
const sendDocument = async (body: string, headers: Record<string, string> = {}) =>
  sendRaw(await presignTagging(), {
    method: 'PUT',
    headers: { 'content-length': String(Buffer.byteLength(body)), ...headers },
    body,
  });

/** Without the checksum that the SDK would put into the URL, for whatever document is sent to it. */
const presignTagging = (): Promise<string> => {
  const command = new PutObjectTaggingCommand({ Bucket, Key, Tagging: undefined });
  command.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      for (const name of Object.keys(headers)) if (/checksum|md5/i.test(name)) delete headers[name];
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  return getSignedUrl(s3.client, command);
};

describe('object tags', () => {
  it('belong to a version', async () => {
    const answer = await setTags([{ Key: 'state', Value: 'available' }], older);
    expect(answer.VersionId).toBe(older);
    expect(await tagsOf(older)).toEqual([{ Key: 'state', Value: 'available' }]);
    expect(await tagsOf(newer)).toEqual([{ Key: 'state', Value: 'incoming' }]);
    expect(await tagsOf()).toEqual([{ Key: 'state', Value: 'incoming' }]);
  });

  it('are replaced as a whole, and removed', async () => {
    const strange = { Key: 'a & b', Value: '' };
    await expect(setTags([strange])).rejects.toMatchObject({ name: 'InvalidTag' });
    await setTags([
      { Key: 'größe: a+b/c=d_e.f-g@h', Value: '' },
      { Key: 'zwei', Value: ' x ' },
    ]);
    expect(await tagsOf()).toEqual([
      { Key: 'größe: a+b/c=d_e.f-g@h', Value: '' },
      { Key: 'zwei', Value: ' x ' },
    ]);
    await s3.client.send(new DeleteObjectTaggingCommand({ Bucket, Key }));
    expect(await tagsOf()).toEqual([]);
    await setTags([]);
    expect(await tagsOf()).toEqual([]);
  });

  it('are refused beyond their limits', async () => {
    const eleven = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
    await expect(setTags(eleven)).rejects.toMatchObject({ name: 'BadRequest' });
    const twice = [
      { Key: 'k', Value: '1' },
      { Key: 'k', Value: '2' },
    ];
    await expect(setTags(twice)).rejects.toMatchObject({ name: 'InvalidTag' });
  });

  it('are refused where policies could not tell them apart', async () => {
    const put = new PutObjectCommand({ Bucket, Key, Body: 'a', Tagging: 'state=available&State=incoming' });
    await expect(s3.client.send(put)).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it.each([
    '',
    'not xml',
    '<Tagging><TagSet></Tagging>',
    '<Other/>',
    '<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>',
    '<!DOCTYPE a [<!ENTITY b "c">]><Tagging><TagSet><Tag><Key>a</Key><Value>&b;</Value></Tag></TagSet></Tagging>',
  ])('are not read from %j: MalformedXML', async (document) => {
    expect(await sendDocument(document)).toMatchObject({ status: 400, error: { Code: 'MalformedXML' } });
  });

  it('are not read from a body without end', async () => {
    expect(await sendDocument('x'.repeat(128 * 1024 + 1))).toMatchObject({
      error: { Code: 'MaxMessageLengthExceeded' },
    });
  });

  it('are held to a checksum', async () => {
    const body = '<Tagging><TagSet/></Tagging>';
    const answer = await sendDocument(body, { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' });
    expect(answer).toMatchObject({ error: { Code: 'BadDigest' } });
  });

  it('are not for what is not there, nor for a delete marker', async () => {
    const get = (input: { Key: string; VersionId?: string | undefined }) =>
      s3.client.send(new GetObjectTaggingCommand({ Bucket, ...input }));
    await expect(get({ Key: 'missing' })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(get({ Key, VersionId: 'a'.repeat(32) })).rejects.toMatchObject({ name: 'NoSuchVersion' });
    const marker = await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await expect(get({ Key: 'gone', VersionId: marker.VersionId })).rejects.toMatchObject({ name: 'MethodNotAllowed' });
  });
});
