import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boundary, fieldParts, formBody, formType, part, postBody, postForm, signedFields } from '../support/form.ts';
import { parseError, sendHead } from '../support/raw.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from '../support/server.ts';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(async () => {
  expect((await s3.client.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  await s3[Symbol.asyncDispose]();
});

const file = part('file', 'hello', 'a.txt');
const whole = () => formBody(...fieldParts(signedFields({})), file);
const notFormData = {
  Code: 'PreconditionFailed',
  Condition: 'Bucket POST must be of the enclosure-type multipart/form-data',
};
const malformed = { Code: 'MalformedPOSTRequest' };
const noFile = { Code: 'InvalidArgument', ArgumentName: 'file', ArgumentValue: '0' };
const tooLarge = { Code: 'MaxPostPreDataLengthExceeded', MaxPostPreDataLengthBytes: '20480' };
const noKey = { Code: 'InvalidArgument', ArgumentName: 'key' };

it.each<[string, () => Buffer, number, object, Record<string, string>?]>([
  [
    'URL-encoded',
    () => Buffer.from('key=k'),
    412,
    notFormData,
    { 'content-type': 'application/x-www-form-urlencoded' },
  ],
  ['multipart of another kind', whole, 412, notFormData, { 'content-type': `multipart/mixed; boundary=${boundary}` }],
  ['with no boundary', whole, 400, malformed, { 'content-type': 'multipart/form-data' }],
  ['with another boundary', whole, 400, malformed, { 'content-type': 'multipart/form-data; boundary=b' }],
  ['empty', () => Buffer.alloc(0), 400, malformed],
  ['no form', () => Buffer.from('key=k&file=f'), 400, malformed],
  ['cut before the file', () => Buffer.concat(fieldParts(signedFields({}))), 400, malformed],
  ['cut in the file', () => whole().subarray(0, -boundary.length - 8), 400, malformed],
  ['without a file', () => formBody(...fieldParts(signedFields({}))), 400, noFile],
  [
    'with a file of another name',
    () => formBody(...fieldParts(signedFields({})), part('upload', 'x', 'x')),
    400,
    noFile,
  ],
  [
    'with two files',
    () => formBody(...fieldParts(signedFields({})), file, file),
    400,
    { Code: 'IncorrectNumberOfFilesInPostRequest' },
  ],
  ['without a key', () => formBody(file), 400, noKey],
  ['with the key behind the file', () => formBody(file, part('key', 'k')), 400, noKey],
  [
    'with a field given twice',
    () => formBody(part('key', 'a'), part('KEY', 'b'), file),
    501,
    { Code: 'NotImplemented' },
  ],
  ['with a key that is no text', () => formBody(part('key', Buffer.from([0x61, 0xff])), file), 400, malformed],
  [
    'with 20 KB of fields',
    () => formBody(part('key', 'k'), part('x-ignore-a', 'x'.repeat(20_474)), file),
    400,
    tooLarge,
  ],
  ['with 20 KB before the first part', () => Buffer.concat([Buffer.alloc(100_000), whole()]), 400, tooLarge],
  ['with a large part of another name', () => formBody(part('upload', 'x'.repeat(1e6), 'x')), 400, tooLarge],
])('refuses a form %s', async (_, body, status, error, headers = {}) => {
  expect(await postBody(s3, body(), headers)).toMatchObject({ status, error });
});

it('takes the fields of a form up to 20 KB', async () => {
  // Of the same size as above, but for one byte; without a signature, so it goes no further.
  const body = formBody(part('key', 'k'), part('x-ignore-a', 'x'.repeat(20_466)), file);
  expect(await postBody(s3, body)).toMatchObject({ status: 403, error: { Code: 'AccessDenied' } });
});

it.each(['x-amz-acl', 'x-amz-meta-a', 'x-amz-expected-bucket-owner', 'x-amz-storage-class'])(
  'takes nothing from the header %s, which no policy covers, and says so',
  async (name) => {
    const answer = await postBody(s3, whole(), { [name]: 'a' });
    expect(answer).toMatchObject({ status: 501, error: { Code: 'NotImplemented', Header: name } });
  },
);

it('asks for the length of a form', async () => {
  const answer = await sendHead(`${s3.origin}/${Bucket}`, 'POST', { 'content-type': formType });
  expect(answer).toMatch(/^HTTP\/1.1 411 /);
  expect(parseError(answer).Code).toBe('MissingContentLength');
});

it('knows no form for a bucket that is not there, and none for an object', async () => {
  expect(await postBody(s3, whole(), {}, '/nowhere')).toMatchObject({ status: 404, error: { Code: 'NoSuchBucket' } });
  expect(await postBody(s3, whole(), {}, `/${Bucket}/k`)).toMatchObject({ status: 403 });
});

it('reads a form byte by byte as it reads it at once', async () => {
  const body = formBody(...fieldParts(signedFields({ conditions: [['content-length-range', 0, 4]] })), file);
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(s3.origin).port), noDelay: true });
  socket.write(
    `POST /${Bucket} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: ${formType}\r\ncontent-length: ${body.length}\r\n\r\n`,
  );
  for (let at = 0; at < body.length; at += 7) {
    await new Promise((resolve) => socket.write(body.subarray(at, at + 7), resolve));
  }
  expect(parseError(await text(socket))).toMatchObject({ Code: 'EntityTooLarge', ProposedSize: expect.any(String) });
});

it.each([
  ['end', 'IncompleteBody'],
  ['destroy', undefined],
] as const)('keeps nothing of a connection that breaks in the file: %s', async (how, code) => {
  const body = whole();
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(s3.origin).port), allowHalfOpen: true });
  socket.write(
    `POST /${Bucket} HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-type: ${formType}\r\ncontent-length: ${body.length}\r\n\r\n`,
  );
  await new Promise((resolve) => socket.once('data', resolve));
  await new Promise((resolve) => socket.write(body.subarray(0, -boundary.length - 8), resolve));
  if (how === 'end') {
    socket.end();
    expect(parseError(await text(socket)).Code).toBe(code);
  }
  socket.destroy();
  expect(await postForm(s3, { uncovered: ['key'] })).toMatchObject({ status: 403 });
});
