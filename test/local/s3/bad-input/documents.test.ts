import { createHash } from 'node:crypto';
import { HeadObjectCommand, ListMultipartUploadsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConfinedS3, startConfinedS3 } from '../support/confined.ts';
import { anEmptyRoot, malformedDocuments } from '../support/malformed.ts';
import { begin, sendPart } from '../support/multipart.ts';
import { bucketName as Bucket } from '../support/server.ts';
import { sendSigned } from '../support/sign.ts';

let s3: ConfinedS3;
let uploadId: string;
beforeAll(async () => {
  s3 = await startConfinedS3();
  await s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'kept', Tagging: 'kept=1' }));
  const upload = await begin(s3, { Key: 'k' });
  uploadId = upload.UploadId;
  await sendPart(s3, upload, 1, 'a');
});
afterAll(async () => {
  // Whatever was sent: the object, its tags and the upload are as they were.
  expect((await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).ContentLength).toBe(4);
  expect((await s3.client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toHaveLength(1);
  await s3.expectConfined();
  await s3[Symbol.asyncDispose]();
});

const operations = [
  ['DeleteObjects', 'Delete', 'Object', () => ({ method: 'POST', path: `/${Bucket}`, query: 'delete' })],
  [
    'CompleteMultipartUpload',
    'CompleteMultipartUpload',
    'Part',
    () => ({ method: 'POST', path: `/${Bucket}/k`, query: `uploadId=${uploadId}` }),
  ],
  ['PutObjectTagging', 'Tagging', 'TagSet', () => ({ method: 'PUT', path: `/${Bucket}/k`, query: 'tagging' })],
] as const;

describe.each(operations)('%s', (_, root, child, target) => {
  const send = (body: string | Buffer, headers: Record<string, string> = {}) =>
    sendSigned(s3, {
      ...target(),
      headers: { 'content-md5': createHash('md5').update(body).digest('base64'), ...headers },
      body,
    });

  it.each([...malformedDocuments, anEmptyRoot])('refuses %s: MalformedXML', async (_, document) => {
    expect(await send(document(root, child))).toMatchObject({ status: 400, error: { Code: 'MalformedXML' } });
  });

  it('refuses another document than the digest says', async () => {
    const answer = await send(`<${root}></${root}>`, { 'content-md5': createHash('md5').digest('base64') });
    expect(answer).toMatchObject({ status: 400, error: { Code: 'BadDigest' } });
    const invalid = await send(`<${root}></${root}>`, { 'content-md5': 'a' });
    expect(invalid).toMatchObject({ status: 400, error: { Code: 'InvalidDigest' } });
  });
});

describe('characters of a document', () => {
  const deleteKey = (key: Buffer | string) => {
    const body = Buffer.concat([
      Buffer.from('<Delete><Object><Key>'),
      Buffer.from(key),
      Buffer.from('</Key></Object></Delete>'),
    ]);
    const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
    return sendSigned(s3, { method: 'POST', query: 'delete', headers, body });
  };

  it.each<[string, Buffer | string]>([
    ['no UTF-8', Buffer.from([0x61, 0xff])],
    ['a NUL', 'a\0'],
    ['an entity nobody declared', 'a&unknown;'],
    ['a bare ampersand', 'a&b'],
    ['no key', ''],
  ])('refuses %s', async (_, key) => {
    expect(await deleteKey(key)).toMatchObject({ status: 400, error: { Code: 'MalformedXML' } });
  });

  it('refuses a document type, whatever it declares', async () => {
    for (const type of ['<!DOCTYPE Delete>', '<!DOCTYPE Delete [<!ENTITY amp "k">]>']) {
      const body = `${type}<Delete><Object><Key>a&amp;b</Key></Object></Delete>`;
      const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
      const answer = await sendSigned(s3, { method: 'POST', query: 'delete', headers, body });
      expect(answer).toMatchObject({ status: 400, error: { Code: 'MalformedXML' } });
    }
  });

  it('takes references for what XML cannot write', async () => {
    const answer = await deleteKey('&lt;&amp;&#x1F600;&#10;');
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<Key>&lt;&amp;😀&#xa;</Key>');
  });
});

it.each([
  ['DeleteObjects', 'POST', `/${Bucket}`, 'delete', 17],
  ['PutObjectTagging', 'PUT', `/${Bucket}/k`, 'tagging', 1],
] as const)(
  'refuses a document of %s that is far too large, before it is read',
  async (_, method, path, query, megabytes) => {
    const headers = {
      'content-md5': createHash('md5').digest('base64'),
      'content-length': String(megabytes * 2 ** 20),
    };
    const answer = await sendSigned(
      s3,
      { method, path, query, headers, payloadHash: 'UNSIGNED-PAYLOAD' },
      { expect: '100-continue' },
    );
    expect(answer).toMatchObject({ status: 400, error: { Code: 'MaxMessageLengthExceeded' } });
  },
);

it('refuses 1,001 keys, and deletes none of them', async () => {
  const body = `<Delete>${'<Object><Key>k</Key></Object>'.repeat(1001)}</Delete>`;
  const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
  const answer = await sendSigned(s3, { method: 'POST', query: 'delete', headers, body });
  expect(answer).toMatchObject({ status: 400, error: { Code: 'MalformedXML' } });
});
