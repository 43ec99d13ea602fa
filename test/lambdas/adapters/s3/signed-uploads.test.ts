import { randomBytes } from 'node:crypto';
import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3ObjectSigner } from '../../../../lambdas/adapters/s3/object-signer.ts';
import type { FormToSign, ObjectSigner, S3RequestToSign } from '../../../../lambdas/ports.ts';
import { s3Endpoint } from '../../../../lambdas/signing/endpoint.ts';
import { sha256Base64 } from '../../../local/s3/support/presign.ts';
import { sendRaw } from '../../../local/s3/support/raw.ts';
import {
  bucketName as Bucket,
  credentials,
  region,
  startTestS3,
  type TestS3,
} from '../../../local/s3/support/server.ts';

/** Against the local S3, which proves signatures with code of its own. */
let s3: TestS3;
let signer: ObjectSigner;
beforeAll(async () => {
  s3 = await startTestS3();
  const endpoint = s3Endpoint({ bucket: Bucket, region, endpointUrl: s3.origin });
  signer = s3ObjectSigner({ endpoint, region, credentials: () => credentials });
});
afterAll(() => s3[Symbol.asyncDispose]());

const Key = 'documents/t1/a';
const ofTheDocument = () =>
  ({ key: Key, mediaType: 'application/pdf', state: 'incoming', signedAt: new Date(), expiresInSeconds: 60 }) as const;
const tagsOf = async (key: string) =>
  (await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key: key }))).TagSet ?? [];

type Operation = S3RequestToSign extends infer R
  ? R extends unknown
    ? Omit<R, keyof ReturnType<typeof ofTheDocument>>
    : never
  : never;

const ask = async (operation: Operation, body = '') => {
  const signed = await signer.signRequest({ ...ofTheDocument(), ...operation });
  const headers = { ...signed.headers, 'content-length': Buffer.byteLength(body) };
  return sendRaw(signed.url, { method: signed.method, headers, body });
};

const completionOf = (listing: string): string =>
  `<CompleteMultipartUpload>${[...listing.matchAll(/<Part>.*?<\/Part>/gs)]
    .map(([part]) => part.replace(/<(Size|LastModified)>.*?<\/\1>/g, ''))
    .join('')}</CompleteMultipartUpload>`;

describe('parts of an upload, signed in one batch', () => {
  const pieces = [randomBytes(5 * 2 ** 20), randomBytes(5 * 2 ** 20), randomBytes(1234)];
  const parts = pieces.map((piece, index) => ({
    partNumber: index + 1,
    sizeBytes: piece.length,
    checksum: sha256Base64(piece),
  }));
  let uploadId = '';
  let send: (piece: number, as: number, checksum?: string | undefined) => ReturnType<typeof sendRaw>;

  beforeAll(async () => {
    const create = new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'SHA256' });
    uploadId = (await s3.client.send(create)).UploadId ?? '';
    const signed = await signer.signParts({ ...ofTheDocument(), uploadId, parts, checksumAlgorithm: 'SHA256' });
    expect(signed).toMatchObject({ headers: {}, checksumHeader: 'x-amz-checksum-sha256' });
    send = (piece, as, checksum = parts[as]?.checksum) => {
      const url = signed.urlTemplate
        .replace('{partNumber}', String(as + 1))
        .replace('{signature}', signed.signatures[as] ?? '');
      const body = pieces[piece] ?? '';
      const headers = { 'content-length': body.length, [signed.checksumHeader ?? '']: checksum };
      return sendRaw(url, { method: 'PUT', headers, body });
    };
  });

  it('may have no other length, no other bytes of that length, and no other checksum', async () => {
    expect(await send(2, 0)).toMatchObject({ status: 403, error: { Code: 'SignatureDoesNotMatch' } });
    expect(await send(1, 0)).toMatchObject({ status: 400, error: { Code: 'BadDigest' } });
    const otherChecksum = await send(1, 0, parts[1]?.checksum);
    expect(otherChecksum).toMatchObject({ status: 403, error: { Code: 'SignatureDoesNotMatch' } });
  });

  it('may come in any order, and be listed and completed by signed requests, with the right size only', async () => {
    for (const index of [2, 0, 1]) expect(await send(index, index)).toMatchObject({ status: 200 });
    const listed = await ask({ operation: 'ListParts', uploadId });
    expect(listed.status).toBe(200);
    const complete = (sizeBytes: number) =>
      ask({ operation: 'CompleteMultipartUpload', uploadId, sizeBytes }, completionOf(listed.body));
    const sizeBytes = 10 * 2 ** 20 + 1234;
    expect(await complete(sizeBytes - 1)).toMatchObject({ status: 400 });
    expect(await complete(sizeBytes)).toMatchObject({ status: 200 });
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentLength: sizeBytes });
  });

  it('have no checksum header where no checksum was given', async () => {
    const batch = { ...ofTheDocument(), uploadId, parts: [{ partNumber: 1 }], checksumAlgorithm: 'SHA256' } as const;
    expect(await signer.signParts(batch)).not.toHaveProperty('checksumHeader');
  });
});

describe('an upload of which every request is signed by itself', () => {
  const create = async () =>
    /<UploadId>(.*)<\/UploadId>/.exec((await ask({ operation: 'CreateMultipartUpload' })).body)?.[1] ?? '';

  it('makes an object of the type and with the tag of the document, once', async () => {
    const uploadId = await create();
    const part = { operation: 'UploadPart', uploadId, partNumber: 1, sizeBytes: 5 } as const;
    expect(await ask(part, 'hello!')).toMatchObject({ status: 403 });
    expect(await ask(part, 'hello')).toMatchObject({ status: 200 });
    const listed = await ask({ operation: 'ListParts', uploadId });
    const complete = { operation: 'CompleteMultipartUpload', uploadId } as const;
    expect(await ask(complete, completionOf(listed.body))).toMatchObject({ status: 412 });
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(await ask(complete, completionOf(listed.body))).toMatchObject({ status: 200 });
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentLength: 5, ContentType: 'application/pdf' });
    expect(await tagsOf(Key)).toEqual([{ Key: 'sealdrop-state', Value: 'incoming' }]);
  });

  it('can be given up', async () => {
    const uploadId = await create();
    expect(await ask({ operation: 'AbortMultipartUpload', uploadId })).toMatchObject({ status: 204 });
    expect(await ask({ operation: 'ListParts', uploadId })).toMatchObject({ error: { Code: 'NoSuchUpload' } });
  });
});

describe('a form', () => {
  const file = 'hello';
  const sha256 = Buffer.from(sha256Base64(file), 'base64').toString('hex');
  const form = (changes: Partial<FormToSign> = {}): FormToSign => ({
    ...ofTheDocument(),
    ...{ key: 'documents/t1/form', sizeBytesMin: 1, sizeBytesMax: 10, sha256, retentionClass: 'ten-years' },
    ...{ fileMetadata: { note: 'ü "quoted" $&' }, successStatus: '201' },
    ...changes,
  });
  const post = async (signed: FormToSign, changes: Record<string, string> = {}, content = file) => {
    const { url, fields } = await signer.signForm(signed);
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...fields, ...changes })) body.append(name, value);
    body.append('file', new Blob([content]), 'a.pdf');
    const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    const text = await answer.text();
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      code: /<Code>(.*)<\/Code>/.exec(text)?.[1],
    };
  };

  it('makes an object with exactly its key, type, checksum, tags and metadata', async () => {
    expect(await post(form())).toMatchObject({ status: 201 });
    const key = 'documents/t1/form';
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: key, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({
      ContentType: 'application/pdf',
      ChecksumSHA256: sha256Base64(file),
      ContentLength: 5,
    });
    expect(head.Metadata).toHaveProperty('note');
    expect(await tagsOf(key)).toEqual([
      { Key: 'sealdrop-state', Value: 'incoming' },
      { Key: 'sealdrop-retention', Value: 'ten-years' },
    ]);
  });

  it('sends the browser where it was told to go', async () => {
    const { successStatus: _, ...redirected } = form({ successRedirect: 'https://app.example/done' });
    const answer = await post(redirected);
    expect(answer.status).toBe(303);
    expect(answer.location).toMatch(/^https:\/\/app\.example\/done\?/);
  });

  it.each<[string, Record<string, string>, string?, string?]>([
    ['key', { key: 'documents/t1/b' }],
    ['type', { 'content-type': 'text/html' }],
    [
      'state',
      { tagging: '<Tagging><TagSet><Tag><Key>sealdrop-state</Key><Value>available</Value></Tag></TagSet></Tagging>' },
    ],
    ['checksum', { 'x-amz-checksum-sha256': sha256Base64('other') }],
    ['metadata', { 'x-amz-meta-note': 'b' }],
    ['field more', { 'x-amz-meta-more': 'b' }],
    ['permission', { acl: 'public-read' }],
    ['answer', { success_action_redirect: 'https://elsewhere.example/' }],
    ['signature', { 'X-Amz-Signature': '0'.repeat(64) }, file, 'SignatureDoesNotMatch'],
    ['file', {}, 'other', 'BadDigest'],
    ['size', {}, 'more than ten bytes', 'EntityTooLarge'],
    ['size of nothing', {}, '', 'EntityTooSmall'],
  ])('is refused with another %s', async (_, changes, content = file, code = 'AccessDenied') => {
    expect(await post(form(), changes, content)).toMatchObject({ code });
  });
});
