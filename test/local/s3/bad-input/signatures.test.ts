import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConfinedS3, startConfinedS3 } from '../support/confined.ts';
import { parseError, sendRaw } from '../support/raw.ts';
import { bucketName as Bucket, credentials } from '../support/server.ts';
import { headOf, type RawRequest, sendBytes, sendSigned, sign } from '../support/sign.ts';

const now = new Date('2026-03-01T12:00:00Z');
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);
let s3: ConfinedS3;
beforeAll(async () => {
  s3 = await startConfinedS3({ clock: { now: () => now } });
  s3.client.config.systemClockOffset = now.getTime() - Date.now();
  await s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'kept' }));
});
afterAll(async () => {
  expect(await (await s3.client.send(new GetObjectCommand({ Bucket, Key: 'k' }))).Body?.transformToString()).toBe(
    'kept',
  );
  await s3.expectConfined();
  await s3[Symbol.asyncDispose]();
});

const path = `/${Bucket}/k`;
const get = (request: RawRequest, unsigned: Record<string, string | string[]> = {}) =>
  sendSigned(s3, { path, signedAt: now, ...request }, unsigned);
const hexBytes = (text: string): string =>
  Buffer.from(text)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ');

describe('a signature in the header', () => {
  it.each<[string, RawRequest, number, object]>([
    ['15 minutes old', { signedAt: minutes(-15) }, 200, {}],
    ['15 minutes ahead', { signedAt: minutes(15) }, 200, {}],
    [
      'more than 15 minutes old',
      { signedAt: minutes(-15.1) },
      403,
      { Code: 'RequestTimeTooSkewed', MaxAllowedSkewMilliseconds: '900000', ServerTime: '2026-03-01T12:00:00Z' },
    ],
    ['more than 15 minutes ahead', { signedAt: minutes(15.1) }, 403, { Code: 'RequestTimeTooSkewed' }],
    [
      'of another region',
      { scope: ['us-west-1', 's3'] },
      400,
      {
        Code: 'AuthorizationHeaderMalformed',
        Message: "The authorization header is malformed; the region 'us-west-1' is wrong; expecting 'eu-central-1'",
        Region: 'eu-central-1',
      },
    ],
    [
      'of another service',
      { scope: ['eu-central-1', 'sqs'] },
      400,
      {
        Code: 'AuthorizationHeaderMalformed',
        Message: 'The authorization header is malformed; incorrect service "sqs". This endpoint belongs to "s3".',
      },
    ],
    ['without a token', { headers: { 'x-amz-security-token': '' } }, 400, { Code: 'InvalidToken' }],
    ['with another token', { headers: { 'x-amz-security-token': 't' } }, 400, { Code: 'InvalidToken' }],
    [
      'of a payload in a word',
      { payloadHash: 'NONE' },
      400,
      { Code: 'InvalidArgument', ArgumentName: 'x-amz-content-sha256' },
    ],
  ])('%s', async (_, request, status, error) => {
    expect(await get(request)).toMatchObject({ status, error });
  });

  it('shows what S3 signed where it does not match', async () => {
    const headers = sign(s3, { path, signedAt: now });
    const signature = 'f'.repeat(64);
    const authorization = headers.authorization?.replace(/Signature=.*/, `Signature=${signature}`) ?? '';
    const { status, error } = await get({}, { authorization });
    const names = 'host;x-amz-content-sha256;x-amz-date;x-amz-security-token';
    const canonical = [
      'GET',
      path,
      '',
      ...names.split(';').map((name) => `${name}:${headers[name]}`),
      '',
      names,
      createHash('sha256').digest('hex'),
    ].join('\n');
    const text = [
      'AWS4-HMAC-SHA256',
      '20260301T120000Z',
      '20260301/eu-central-1/s3/aws4_request',
      createHash('sha256').update(canonical).digest('hex'),
    ].join('\n');
    expect([status, error]).toMatchObject([
      403,
      {
        Code: 'SignatureDoesNotMatch',
        Message:
          'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
        AWSAccessKeyId: credentials.accessKeyId,
        StringToSign: text,
        SignatureProvided: signature,
        StringToSignBytes: hexBytes(text),
        CanonicalRequest: canonical,
        CanonicalRequestBytes: hexBytes(canonical),
      },
    ]);
  });

  it.each<[string, RawRequest]>([
    ['method', { method: 'DELETE' }],
    ['path', { path: `/${Bucket}/l` }],
    ['query', { query: 'versionId=null' }],
    ['header', { headers: { range: 'bytes=0-0' } }],
    ['payload', { payloadHash: 'UNSIGNED-PAYLOAD' }],
  ])('of another %s does not match', async (_, other) => {
    const { authorization = '' } = sign(s3, { path, signedAt: now, ...other });
    expect(await get({}, { authorization })).toMatchObject({ status: 403, error: { Code: 'SignatureDoesNotMatch' } });
  });

  it.each(['x-amz-acl', 'x-amz-meta-a', 'x-amz-tagging', 'x-amz-copy-source'])(
    'leaves no %s unsigned',
    async (name) => {
      const error = { Code: 'AccessDenied', HeadersNotSigned: name };
      expect(await get({ method: 'PUT', body: 'x' }, { [name]: 'a' })).toMatchObject({ status: 403, error });
    },
  );

  it.each([
    ['nothing', ''],
    ['a word', 'AWS4-HMAC-SHA256'],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['version 2', 'AWS AKIA:signature'],
    ['no credential', 'AWS4-HMAC-SHA256 SignedHeaders=host,Signature=a'],
    ['a credential of one part', 'AWS4-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=a'],
  ])('is none with %s', async (_, authorization) => {
    const { status, error } = await get({}, { authorization });
    expect([400, 403]).toContain(status);
    expect(error.Code).toMatch(/^(?:AccessDenied|InvalidArgument|InvalidRequest|AuthorizationHeaderMalformed)$/);
  });
});

describe('what is there twice is not chosen from', () => {
  const line = (name: string, value: string) => `${name}: ${value}`;
  it.each<[string, (signed: Record<string, string>) => string]>([
    ['authorization', ({ authorization = '' }) => line('authorization', authorization)],
    [
      'another authorization',
      () => line('authorization', 'AWS4-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=b'),
    ],
    ['x-amz-date', (signed) => line('x-amz-date', signed['x-amz-date'] ?? '')],
    ['x-amz-content-sha256', () => line('x-amz-content-sha256', 'UNSIGNED-PAYLOAD')],
    ['x-amz-security-token', () => line('x-amz-security-token', credentials.sessionToken)],
    ['host', () => line('host', 'other.example')],
  ])('%s', async (_, more) => {
    const request = { path, signedAt: now };
    const answer = await sendBytes(s3, headOf(s3, request, more(sign(s3, request))));
    expect(answer).toMatch(/^HTTP\/1.1 40[03] /);
  });

  it('fields within the authorization', async () => {
    const { authorization = '' } = sign(s3, { path, signedAt: now });
    const twice = `${authorization},Signature=${authorization.slice(-64)}`;
    const error = { Code: 'AuthorizationHeaderMalformed' };
    expect(await get({}, { authorization: twice })).toMatchObject({ status: 400, error });
  });
});

describe('a presigned URL', () => {
  const presign = (expiresIn = 300, signingDate = now) =>
    getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key: 'k' }), { expiresIn, signingDate });
  const refusal = async (change: (url: string) => string, signedAt?: Date) => {
    const { status, error } = await sendRaw(change(await presign(300, signedAt)));
    return { status, ...error };
  };
  const malformed = { status: 400, Code: 'AuthorizationQueryParametersError' };

  it.each([
    [
      (url: string) => url.replace('X-Amz-Expires=300', 'X-Amz-Expires=0'),
      { ...malformed, Message: 'X-Amz-Expires must be at least 1 second' },
    ],
    [
      (url: string) => url.replace('X-Amz-Expires=300', 'X-Amz-Expires=-1'),
      { ...malformed, Message: 'X-Amz-Expires must be non-negative' },
    ],
    [
      (url: string) => url.replace('X-Amz-Expires=300', 'X-Amz-Expires=604801'),
      { ...malformed, Message: expect.stringMatching(/less than a week/) },
    ],
    [
      (url: string) => url.replace('X-Amz-Expires=300', 'X-Amz-Expires=3e2'),
      { ...malformed, Message: 'X-Amz-Expires should be a number' },
    ],
    [(url: string) => url.replace('eu-central-1', 'us-west-1'), { ...malformed, Region: 'eu-central-1' }],
    [(url: string) => url.replace('%2Fs3%2F', '%2Fsqs%2F'), malformed],
    [(url: string) => url.replace('aws4_request', 'aws5_request'), malformed],
    [(url: string) => url.replace('X-Amz-Date=20260301', 'X-Amz-Date=20260230'), malformed],
    [(url: string) => url.replace('X-Amz-Date=20260301T12', 'X-Amz-Date=20260301T25'), malformed],
    [(url: string) => `${url}&X-Amz-Expires=300`, malformed],
    [(url: string) => `${url}&X-Amz-Signature=${'f'.repeat(64)}`, malformed],
    [(url: string) => `${url}&X-Amz-Credential=a`, malformed],
    [(url: string) => `${url}&X-Amz-Security-Token=t`, { status: 403, Code: 'SignatureDoesNotMatch' }],
    [(url: string) => `${url}&versionId=null`, { status: 403, Code: 'SignatureDoesNotMatch' }],
    [
      (url: string) => url.replace('x-amz-', 'X-Amz-').replace('X-Amz-Signature=', 'X-Amz-Signature=0'),
      { status: 403, Code: 'SignatureDoesNotMatch' },
    ],
    [(url: string) => url.replace(/Signature=\w+/, 'Signature='), malformed],
    [(url: string) => url.replace(/Signature=\w+/, 'Signature=%00'), { status: 403, Code: 'SignatureDoesNotMatch' }],
  ])('%s', async (change, expected) => {
    expect(await refusal(change)).toMatchObject(expected);
  });

  it('holds from 15 minutes before it was signed until it expires', async () => {
    const of = async (signedAt: Date) => refusal((url) => url, signedAt);
    expect(await of(minutes(-5))).toMatchObject({ status: 200 });
    expect(await of(minutes(15))).toMatchObject({ status: 200 });
    const expired = { status: 403, Code: 'AccessDenied', Message: 'Request has expired', 'X-Amz-Expires': '300' };
    expect(await of(minutes(-5.1))).toMatchObject(expired);
    const early = { status: 403, Code: 'AccessDenied', Message: 'Request is not yet valid' };
    expect(await of(minutes(15.1))).toMatchObject(early);
  });

  it('takes no x-amz header that it did not sign', async () => {
    for (const name of ['x-amz-acl', 'x-amz-meta-a', 'x-amz-tagging', 'x-amz-security-token']) {
      const answer = await sendRaw(await presign(), { headers: { [name]: 'a' } });
      expect(answer).toMatchObject({ status: 403, error: { Code: 'AccessDenied', HeadersNotSigned: name } });
    }
  });

  it('is no second signature', async () => {
    const { authorization } = sign(s3, { path, signedAt: now });
    const answer = await sendRaw(await presign(), { headers: { authorization } });
    expect(answer).toMatchObject({ status: 400, error: { Code: 'InvalidArgument', ArgumentName: 'Authorization' } });
    expect(parseError(answer.body).Message).toMatch(/^Only one auth mechanism allowed/);
  });
});
