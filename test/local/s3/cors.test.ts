import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from './support/raw.ts';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from './support/server.ts';

const app = 'https://app.example.com';
const vary = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';
let s3: TestS3;

beforeAll(async () => {
  const cors = [
    {
      allowedOrigins: [app],
      allowedMethods: ['PUT', 'GET'],
      allowedHeaders: ['content-type', 'x-amz-*'],
      exposedHeaders: ['ETag', 'x-amz-version-id'],
      maxAge: 600,
    },
    { allowedOrigins: ['https://*.staff.example.com'], allowedMethods: ['GET'] },
    { allowedOrigins: ['*'], allowedMethods: ['HEAD'] },
  ];
  s3 = await startTestS3({
    buckets: [
      { ...versioned, cors },
      { ...versioned, name: 'no-cors' },
    ],
  });
});
afterAll(() => s3[Symbol.asyncDispose]());

const preflight = (origin: string | undefined, method: string | undefined, headers = '', bucket = Bucket) =>
  sendRaw(`${s3.origin}/${bucket}/documents/a`, {
    method: 'OPTIONS',
    headers: {
      ...(origin !== undefined && { origin }),
      ...(method !== undefined && { 'access-control-request-method': method }),
      ...(headers !== '' && { 'access-control-request-headers': headers }),
    },
  });

describe('a preflight', () => {
  it('is answered by the first rule that fits, without a signature', async () => {
    const answer = await preflight(app, 'PUT', 'Content-Type, x-amz-checksum-sha256,x-amz-tagging');
    expect(answer).toMatchObject({
      status: 200,
      body: '',
      headers: {
        'access-control-allow-origin': app,
        'access-control-allow-methods': 'PUT, GET',
        'access-control-allow-headers': 'content-type, x-amz-checksum-sha256, x-amz-tagging',
        'access-control-expose-headers': 'ETag, x-amz-version-id',
        'access-control-max-age': '600',
        'access-control-allow-credentials': 'true',
        vary,
      },
    });
  });

  it.each([
    ['a host of a wildcard', 'https://a.staff.example.com', 'GET', 'https://a.staff.example.com'],
    ['any origin', 'https://anywhere.example', 'HEAD', '*'],
  ])('%s', async (_name, origin, method, allowed) => {
    const answer = await preflight(origin, method);
    expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': allowed } });
    expect(answer.headers['access-control-allow-credentials']).toBe(allowed === '*' ? undefined : 'true');
  });

  it.each([
    ['another origin', 'https://evil.example', 'PUT', ''],
    ['an origin that only ends like it', 'https://app.example.com.evil.example', 'PUT', ''],
    ['another scheme', 'http://app.example.com', 'PUT', ''],
    ['another method', app, 'DELETE', ''],
    ['another header', app, 'PUT', 'content-type, if-none-match'],
    ['less than the wildcard asks for', 'https://.staff.example.co', 'GET', ''],
  ])('is refused for %s', async (_name, origin, method, headers) => {
    const answer = await preflight(origin, method, headers);
    expect(answer).toMatchObject({
      status: 403,
      error: { Code: 'AccessForbidden', Method: method, ResourceType: 'OBJECT' },
    });
    expect(answer.error.Message).toMatch(/^CORSResponse: This CORS request is not allowed/);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('is refused where it asks nothing, or nobody allows anything', async () => {
    expect(await preflight(undefined, 'PUT')).toMatchObject({ status: 400, error: { Code: 'BadRequest' } });
    expect(await preflight(app, undefined)).toMatchObject({ status: 400, error: { Code: 'BadRequest' } });
    expect(await preflight(app, 'PUT', '', 'no-cors')).toMatchObject({
      status: 403,
      error: { Message: 'CORSResponse: CORS is not enabled for this bucket.' },
    });
    expect(await preflight(app, 'PUT', '', 'missing')).toMatchObject({ error: { Code: 'NoSuchBucket' } });
  });
});

describe('an actual answer', () => {
  it('carries the headers of the rule, refused or not', async () => {
    const url = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket, Key: 'a' }));
    const headers = { origin: app, 'content-length': '1' };
    const expected = {
      'access-control-allow-origin': app,
      'access-control-expose-headers': 'ETag, x-amz-version-id',
      vary,
    };
    expect(await sendRaw(url, { method: 'PUT', headers, body: 'a' })).toMatchObject({ status: 200, headers: expected });
    const refused = await sendRaw(`${url}x`, { method: 'PUT', headers, body: 'a' });
    expect(refused).toMatchObject({ status: 403, headers: expected });
  });

  it('carries none for an origin that no rule names', async () => {
    const url = await getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key: 'a' }));
    const answer = await sendRaw(url, { headers: { origin: 'https://evil.example' } });
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

it('refuses a pattern that S3 would refuse at start', async () => {
  const cors = [{ allowedOrigins: ['https://*.*.example.com'], allowedMethods: ['GET'] }];
  await expect(startTestS3({ buckets: [{ ...versioned, cors }] })).rejects.toThrow(/more than one \*/);
});
