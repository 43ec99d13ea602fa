import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subresources } from '../../../../local/s3/routing/operations.ts';
import { type ConfinedS3, startConfinedS3 } from '../support/confined.ts';
import { bucketName as Bucket } from '../support/server.ts';
import { headOf, sendBytes, sendSigned } from '../support/sign.ts';

let s3: ConfinedS3;
beforeAll(async () => {
  s3 = await startConfinedS3();
  await s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'kept' }));
});
afterAll(async () => {
  expect(await sendSigned(s3, { path: `/${Bucket}/k` })).toMatchObject({ status: 200, body: 'kept' });
  await s3.expectConfined();
  await s3[Symbol.asyncDispose]();
});

describe('a bucket that is not there', () => {
  it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('%s of its object: NoSuchBucket', async (method) => {
    const body = method === 'PUT' ? { body: 'x' } : {};
    const answer = await sendSigned(s3, { method, path: '/not-there/k', ...body });
    const error = method === 'HEAD' ? {} : { Code: 'NoSuchBucket', BucketName: 'not-there' };
    expect(answer).toMatchObject({ status: 404, error });
  });

  it.each([
    '..',
    '%2e%2e',
    '.',
    'Sealdrop-Test',
    'sealdrop-test%00',
    '__proto__',
    'constructor',
    'metadata.sqlite',
    'x'.repeat(300),
  ])('is none by the name of %s', async (name) => {
    const answer = await sendSigned(s3, { path: `/${name}/k` });
    expect([400, 404]).toContain(answer.status);
    expect(answer.error.Code).toMatch(/^(?:NoSuchBucket|InvalidBucketName)$/);
  });
});

describe('a method S3 does not have', () => {
  it.each(['PATCH', 'PROPFIND', 'MKCOL', 'LOCK', 'TRACE', 'MOVE'])('%s: MethodNotAllowed', async (method) => {
    for (const [path, ResourceType] of [
      [`/${Bucket}`, 'BUCKET'],
      [`/${Bucket}/k`, 'OBJECT'],
    ]) {
      const answer = await sendSigned(s3, { method, path: path ?? '' });
      expect(answer).toMatchObject({ status: 405, error: { Code: 'MethodNotAllowed', Method: method, ResourceType } });
    }
  });

  it.each(['GET2', 'get', 'CONNECT'])('%s is not even HTTP', async (method) => {
    const answer = await sendBytes(s3, headOf(s3, { path: `/${Bucket}/k` }).replace('GET', method));
    expect(answer === '' || /^HTTP\/1.1 40[035] /.test(answer)).toBe(true);
  });
});

/** Whatever this S3 knows of it: it is known, or it is refused by its name; it is never taken for something else. */
describe('a subresource', () => {
  const send = (method: string, path: string, query: string) =>
    sendSigned(s3, { method, path, query, ...(['PUT', 'POST'].includes(method) && { body: '' }) });

  it.each([...subresources].filter((name) => name !== 'list-type'))('%s is never taken for an object', async (name) => {
    for (const method of ['PUT', 'POST', 'DELETE']) {
      const answer = await send(method, `/${Bucket}/k`, name);
      const known = (method === 'DELETE' && name === 'tagging') || (method === 'POST' && name === 'uploads');
      if (!known)
        expect([method, answer.status]).toEqual([method, expect.toSatisfy((status: number) => status >= 400)]);
      expect(answer.status).not.toBe(500);
    }
  });

  it('that S3 does not have either is ignored', async () => {
    expect(await send('GET', `/${Bucket}/k`, 'unknown=1')).toMatchObject({ status: 200, body: 'kept' });
  });

  it.each(['?', '?&&', '?=', '?%20=%20'])('%s is none', async (query) => {
    expect((await sendSigned(s3, { path: `/${Bucket}/k`, query: query.slice(1) })).status).not.toBe(500);
  });

  it.each(['?%zz=1', '?a=%ff', '?%c3'])('%s is no query: InvalidURI', async (query) => {
    const answer = await sendSigned(s3, { path: `/${Bucket}/k`, query: query.slice(1) });
    expect(answer).toMatchObject({ status: 400, error: { Code: 'InvalidURI' } });
  });
});

it.each([
  ['versionId=', 400, 'InvalidArgument'],
  ['versionId=abc', 400, 'InvalidArgument'],
  [`versionId=${'x'.repeat(32)}`, 404, 'NoSuchVersion'],
  ['versionId=..%2F..%2Fetc%2Fpasswd', 400, 'InvalidArgument'],
])('refuses the version %s', async (query, status, Code) => {
  expect(await sendSigned(s3, { path: `/${Bucket}/k`, query })).toMatchObject({ status, error: { Code } });
});

it.each([
  ['max-keys=-1', 400],
  ['max-keys=abc', 400],
  ['max-keys=1.5', 400],
  ['max-keys=99999999999', 400],
  ['encoding-type=base64', 400],
  ['continuation-token=%00&list-type=2', 400],
  ['continuation-token=abc&list-type=2', 400],
  ['list-type=3', 400],
])('refuses the listing ?%s: InvalidArgument', async (query, status) => {
  expect(await sendSigned(s3, { query })).toMatchObject({ status, error: { Code: 'InvalidArgument' } });
});

it.each([
  ['a head without an end', 'GET / HTTP/1.1\r\nhost: a\r\n'],
  ['a header without a colon', 'GET / HTTP/1.1\r\nhost a\r\n\r\n'],
  ['a header of 64 KiB', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(65_536)}\r\n\r\n`],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01'],
  ['another version', 'GET / HTTP/3.0\r\nhost: a\r\n\r\n'],
])('answers %s, and serves on', async (_, bytes) => {
  expect(await sendBytes(s3, bytes)).toMatch(/^(?:HTTP\/1.1 4\d\d |$)/);
  expect(await sendSigned(s3, { path: `/${Bucket}/k` })).toMatchObject({ status: 200 });
});
