import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presignPut, type SignedPut, sha256Base64 } from './support/presign.ts';
import { parseError, sendRaw } from './support/raw.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from './support/server.ts';

const pdf = `%PDF-1.7\n${'x'.repeat(1000)}`;
const Key = 'documents/t1/a';
const aMinute = 60_000;

/** Nothing may be left of an upload that was refused. */
async function expectNothingStored(s3: TestS3): Promise<void> {
  const listed = await s3.client.send(new ListObjectVersionsCommand({ Bucket }));
  expect(listed.Versions ?? []).toEqual([]);
  expect(s3.delivered).toEqual([]);
}

const put = (signed: SignedPut, body: string | Buffer, headers: Record<string, string> = {}) =>
  sendRaw(signed.url, { method: 'PUT', headers: { ...signed.headers, ...headers }, body });

describe('the signed PUT of an upload', () => {
  it('stores exactly what was signed, once', async () => {
    await using s3 = await startTestS3();
    const signed = await presignPut(s3, pdf);
    const first = await put(signed, pdf);
    expect(first).toMatchObject({
      status: 200,
      body: '',
      headers: {
        'x-amz-version-id': expect.stringMatching(/^[\w-]{32}$/),
        'x-amz-checksum-sha256': sha256Base64(pdf),
        'x-amz-checksum-type': 'FULL_OBJECT',
        'x-amz-server-side-encryption': 'AES256',
        'x-amz-request-id': expect.any(String),
        'x-amz-id-2': expect.any(String),
      },
    });
    const second = await put(signed, pdf);
    expect(second).toMatchObject({
      status: 412,
      error: { Code: 'PreconditionFailed', Condition: 'If-None-Match', RequestId: second.headers['x-amz-request-id'] },
    });
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await got.Body?.transformToString()).toBe(pdf);
    expect(got).toMatchObject({ ContentType: 'application/pdf', ETag: first.headers.etag, TagCount: 1 });
  });

  it('takes large bodies and random bytes', async () => {
    await using s3 = await startTestS3();
    const body = randomBytes(9_000_001);
    expect(await put(await presignPut(s3, body), body)).toMatchObject({ status: 200 });
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key }));
    expect(Buffer.compare(Buffer.from((await got.Body?.transformToByteArray()) ?? []), body)).toBe(0);
  });
});

describe('a PUT that is not what was signed is refused', () => {
  let s3: TestS3;
  let signed: SignedPut;
  beforeAll(async () => {
    s3 = await startTestS3();
    signed = await presignPut(s3, pdf);
  });
  afterAll(() => s3[Symbol.asyncDispose]());

  it('other bytes of the same length: BadDigest naming the checksum', async () => {
    expect(await put(signed, pdf.replace('x', 'y'))).toMatchObject({
      status: 400,
      error: { Code: 'BadDigest', Message: 'The SHA256 you specified did not match the calculated checksum.' },
    });
    await expectNothingStored(s3);
  });

  it.each([
    ['another length', `${pdf}!`, { 'content-length': String(pdf.length + 1) }],
    ['another type', pdf, { 'content-type': 'text/html' }],
    ['another hash', `${pdf.slice(0, -1)}y`, { 'x-amz-checksum-sha256': sha256Base64(`${pdf.slice(0, -1)}y`) }],
    ['another tag', pdf, { 'x-amz-tagging': 'sealdrop-state=available' }],
    ['another condition', pdf, { 'if-none-match': '"a"' }],
  ])('%s: SignatureDoesNotMatch', async (_name, body, headers) => {
    expect(await put(signed, body, headers)).toMatchObject({ status: 403, error: { Code: 'SignatureDoesNotMatch' } });
    await expectNothingStored(s3);
  });

  it.each(['content-type', 'x-amz-checksum-sha256', 'if-none-match', 'x-amz-tagging'])(
    'without the signed header %s: SignatureDoesNotMatch',
    async (name) => {
      const headers = Object.fromEntries(Object.entries(signed.headers).filter(([other]) => other !== name));
      const answer = await sendRaw(signed.url, { method: 'PUT', headers, body: pdf });
      expect(answer).toMatchObject({ status: 403, error: { Code: 'SignatureDoesNotMatch' } });
      await expectNothingStored(s3);
    },
  );

  it.each(['x-amz-acl', 'x-amz-storage-class', 'x-amz-meta-note', 'x-amz-website-redirect-location'])(
    'with %s, which was not signed: AccessDenied',
    async (name) => {
      expect(await put(signed, pdf, { [name]: 'a' })).toMatchObject({
        status: 403,
        error: {
          Code: 'AccessDenied',
          Message: 'There were headers present in the request which were not signed',
          HeadersNotSigned: name,
        },
      });
      await expectNothingStored(s3);
    },
  );

  it.each([
    ['signature', /Signature=./, 'Signature=x'],
    ['key', 'documents/t1/a', 'documents/t1/b'],
    ['tenant by dots', 'documents/t1/a', 'documents/t1/../t2/a'],
    ['expiry', 'X-Amz-Expires=300', 'X-Amz-Expires=3000'],
    ['query', 'x-id=PutObject', 'x-id=PutObjects'],
    ['session token', 'X-Amz-Security-Token=AQ', 'X-Amz-Security-Token=BQ'],
    ['access key', 'ASIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE'],
  ])('with a changed %s', async (name, from, to) => {
    const codes: Record<string, string> = { 'session token': 'InvalidToken', 'access key': 'InvalidAccessKeyId' };
    const answer = await put({ ...signed, url: signed.url.replace(from, to) }, pdf);
    expect(answer.error.Code).toBe(codes[name] ?? 'SignatureDoesNotMatch');
    await expectNothingStored(s3);
  });

  it('after its expiry: AccessDenied, Request has expired', async () => {
    const old = await presignPut(s3, pdf, { signedAt: new Date(Date.now() - 6 * aMinute) });
    expect(await put(old, pdf)).toMatchObject({
      status: 403,
      error: { Code: 'AccessDenied', Message: 'Request has expired', 'X-Amz-Expires': '300' },
    });
    await expectNothingStored(s3);
  });

  it('with less than it declared, then silence: IncompleteBody', async () => {
    const answer = await sendPart(s3, signed, pdf.slice(0, 500), 'end');
    expect(parseError(answer)).toMatchObject({ Code: 'IncompleteBody' });
    expect(answer).toMatch(/^HTTP\/1.1 400 /m);
    await expectNothingStored(s3);
  });

  it('with a connection that breaks in the middle', async () => {
    await sendPart(s3, signed, pdf.slice(0, 500), 'destroy');
    await expectNothingStored(s3);
    expect(await put(signed, pdf)).toMatchObject({ status: 200 });
  });
});

it('gives up on a body that stands still: RequestTimeout', async () => {
  await using s3 = await startTestS3({ idleTimeoutInMilliseconds: 1000 });
  const answer = await sendPart(s3, await presignPut(s3, pdf), pdf.slice(0, 500), 'wait');
  expect(parseError(answer)).toMatchObject({ Code: 'RequestTimeout' });
  await expectNothingStored(s3);
});

/** Sends the head of a PUT and a part of its body, then ends, breaks or just keeps the connection; gives the answer. */
async function sendPart(
  s3: TestS3,
  signed: SignedPut,
  part: string,
  then: 'end' | 'destroy' | 'wait',
): Promise<string> {
  const { host, port, pathname, search } = new URL(signed.url);
  const socket = connect({ host: '127.0.0.1', port: Number(port), allowHalfOpen: true });
  const lines = Object.entries({ host, expect: '100-continue', ...signed.headers }).map(([k, v]) => `${k}: ${v}`);
  socket.write(`PUT ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  // The server asks for the body only when it is ready to store it, so the part surely reaches the upload.
  await new Promise((resolve) => socket.once('data', resolve));
  await new Promise((resolve) => socket.write(part, resolve));
  if (then === 'destroy') {
    socket.destroy();
    return '';
  }
  if (then === 'end') socket.end();
  const answer = await text(socket);
  socket.destroy();
  expect(s3.origin).toContain(port);
  return answer;
}
