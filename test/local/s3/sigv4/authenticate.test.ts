import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../../local/s3/http/query.ts';
import type { S3Request } from '../../../../local/s3/http/request.ts';
import { parseTarget } from '../../../../local/s3/http/target.ts';
import { Refusal } from '../../../../local/s3/refusal.ts';
import { authenticate } from '../../../../local/s3/sigv4/authenticate.ts';
import { canonicalRequest } from '../../../../local/sigv4/canonical-request.ts';

const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const principal = { arn: 'arn:aws:iam::111122223333:user/example', accountId: '111122223333' };
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const host = 'examplebucket.s3.amazonaws.com';
const date = '20130524T000000Z';

function requestOf(method: string, url: string, headers: Record<string, string>, receivedAt = date): S3Request {
  const [path = '', query = ''] = url.split('?');
  const target = parseTarget(path, host);
  const parameters = parseQuery(query);
  if (target === undefined || parameters === undefined) throw new Error(`not a URL: ${url}`);
  const at = receivedAt.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z');
  return {
    ...target,
    method,
    query: parameters,
    headers: new Map(Object.entries({ host, ...headers })),
    sourceIp: '127.0.0.1',
    receivedAt: new Date(at),
    ids: { requestId: 'R', hostId: 'H' },
  };
}

const verify = (request: S3Request) =>
  authenticate(request, 'us-east-1', (id) => (id === accessKeyId ? { secretAccessKey, principal } : undefined));

const refusalOf = (request: S3Request): Refusal => {
  const outcome = verify(request);
  if (outcome instanceof Refusal) return outcome;
  throw new Error('was accepted');
};

const authorization = (
  signedHeaders: string,
  signature: string,
  scope = '20130524/us-east-1/s3/aws4_request',
): string =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope},SignedHeaders=${signedHeaders},Signature=${signature}`;

const listHeaders = {
  'x-amz-content-sha256': emptyHash,
  'x-amz-date': date,
  authorization: authorization(
    'host;x-amz-content-sha256;x-amz-date',
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  ),
};

const presigned = [
  '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256',
  `X-Amz-Credential=${accessKeyId}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request`,
  `X-Amz-Date=${date}`,
  'X-Amz-Expires=86400',
  'X-Amz-SignedHeaders=host',
  'X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
].join('&');

describe("the examples of AWS's SigV4 documents for S3", () => {
  it.each([
    [
      'GET Object',
      'GET',
      '/test.txt',
      {
        range: 'bytes=0-9',
        'x-amz-content-sha256': emptyHash,
        'x-amz-date': date,
        authorization: authorization(
          'host;range;x-amz-content-sha256;x-amz-date',
          'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
        ),
      },
    ],
    [
      'PUT Object',
      'PUT',
      '/test%24file.text',
      {
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
        'x-amz-date': date,
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        authorization: authorization(
          'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
          '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
        ),
      },
    ],
    [
      'GET Bucket Lifecycle',
      'GET',
      '/?lifecycle',
      {
        'x-amz-content-sha256': emptyHash,
        'x-amz-date': date,
        authorization: authorization(
          'host;x-amz-content-sha256;x-amz-date',
          'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
        ),
      },
    ],
    ['GET Bucket (List Objects)', 'GET', '/?max-keys=2&prefix=J', listHeaders],
    ['presigned GET', 'GET', presigned, {}],
  ])('%s verifies', (_name, method, url, headers) => {
    expect(verify(requestOf(method, url, headers))).toMatchObject({ principal });
  });

  it('takes the host of the bucket from the Host header', () => {
    expect(requestOf('GET', presigned, {})).toMatchObject({ bucketName: 'examplebucket', key: 'test.txt' });
  });

  it('gives back the canonical request of a signature that does not match', () => {
    const refusal = refusalOf(requestOf('GET', '/?max-keys=3&prefix=J', listHeaders));
    expect(refusal).toMatchObject({ code: 'SignatureDoesNotMatch', status: 403 });
    expect(refusal.elements).toMatchObject({
      AWSAccessKeyId: accessKeyId,
      SignatureProvided: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
      CanonicalRequest: `GET\n/\nmax-keys=3&prefix=J\nhost:${host}\nx-amz-content-sha256:${emptyHash}\nx-amz-date:${date}\n\nhost;x-amz-content-sha256;x-amz-date\n${emptyHash}`,
      StringToSign: expect.stringMatching(
        /^AWS4-HMAC-SHA256\n20130524T000000Z\n20130524\/us-east-1\/s3\/aws4_request\n[0-9a-f]{64}$/,
      ),
      CanonicalRequestBytes: expect.stringMatching(/^47 45 54 0a 2f/),
    });
  });
});

it('takes off spaces around a value, and no byte of its UTF-8', () => {
  const headers = new Map([['x-amz-meta-a', Buffer.from(' voil\u00e0  l\u00e0 ').toString('latin1')]]);
  const claim = { signedHeaders: ['x-amz-meta-a'], payloadHash: emptyHash };
  const canonical = canonicalRequest({ method: 'GET', path: '/', query: [], headers }, claim);
  expect(Buffer.from(canonical, 'latin1').toString().split('\n')[3]).toBe('x-amz-meta-a:voil\u00e0 l\u00e0');
});

describe('a signature in the Authorization header', () => {
  const change = (headers: Record<string, string>): Refusal =>
    refusalOf(requestOf('GET', '/?max-keys=2&prefix=J', { ...listHeaders, ...headers }));
  const withScope = (scope: string) => change({ authorization: authorization('host', 'x', scope) });

  it.each([
    ['AWS AKIAIOSFODNN7EXAMPLE:abc=', 'InvalidRequest', /AWS4-HMAC-SHA256/],
    ['Bearer abc', 'InvalidArgument', /Unsupported Authorization Type/],
    ['AWS4-HMAC-SHA256 Credential=a/b', 'AuthorizationHeaderMalformed', /SignedHeaders is missing/],
  ])('refuses %s', (header, code, message) => {
    expect(change({ authorization: header })).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it.each([
    ['20130524/eu-west-1/s3/aws4_request', /the region 'eu-west-1' is wrong; expecting 'us-east-1'/],
    ['20130524/us-east-1/ec2/aws4_request', /incorrect service "ec2"/],
    ['20130524/us-east-1/s3/aws4_foo', /incorrect terminal "aws4_foo"/],
    ['20130523/us-east-1/s3/aws4_request', /Invalid credential date "20130523"/],
    ['nonsense', /the Credential is mal-formed/],
  ])('refuses the scope %s', (scope, message) => {
    const expected = { code: 'AuthorizationHeaderMalformed', status: 400, message: expect.stringMatching(message) };
    expect(withScope(scope)).toMatchObject(expected);
  });

  it.each([
    ['20130524T001500Z', true],
    ['20130523T234500Z', true],
    ['20130524T001501Z', false],
    ['20130523T234459Z', false],
  ])('received at %s is timely: %s', (receivedAt, timely) => {
    const outcome = verify(requestOf('GET', '/?max-keys=2&prefix=J', listHeaders, receivedAt));
    expect(outcome instanceof Refusal ? outcome.code : 'accepted').toBe(timely ? 'accepted' : 'RequestTimeTooSkewed');
  });

  it('refuses a request without a date, a hash, or with a hash that is none', () => {
    const { 'x-amz-date': _date, ...undated } = listHeaders;
    expect(refusalOf(requestOf('GET', '/', undated))).toMatchObject({ code: 'AccessDenied' });
    const { 'x-amz-content-sha256': _hash, ...unhashed } = listHeaders;
    expect(refusalOf(requestOf('GET', '/', unhashed))).toMatchObject({ code: 'InvalidRequest' });
    expect(change({ 'x-amz-content-sha256': 'abc' })).toMatchObject({ code: 'InvalidArgument' });
    expect(change({ 'x-amz-content-sha256': 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD' })).toMatchObject({
      code: 'NotImplemented',
      message: expect.stringContaining('SigV4A'),
    });
  });

  it('refuses headers of S3 that are not signed', () => {
    expect(change({ 'x-amz-acl': 'public-read', 'x-amz-meta-a': 'b' })).toMatchObject({
      code: 'AccessDenied',
      elements: { HeadersNotSigned: 'x-amz-acl, x-amz-meta-a' },
    });
  });

  it('refuses a signature beside another one in the query', () => {
    expect(refusalOf(requestOf('GET', presigned, listHeaders))).toMatchObject({ code: 'InvalidArgument' });
  });

  it('refuses a request that is not signed at all', () => {
    expect(refusalOf(requestOf('GET', '/test.txt', {}))).toMatchObject({
      code: 'AccessDenied',
      message: 'Access Denied',
    });
    expect(refusalOf(requestOf('GET', '/test.txt?AWSAccessKeyId=a&Signature=b&Expires=1', {}))).toMatchObject({
      code: 'InvalidRequest',
    });
  });
});

describe('a presigned URL', () => {
  const replace = (from: string | RegExp, to: string): Refusal =>
    refusalOf(requestOf('GET', presigned.replace(from, to), {}));

  it.each([
    ['0', /at least 1/],
    ['-1', /must be non-negative/],
    ['604801', /less than a week/],
    ['1.5', /should be a number/],
    ['', /requires the X-Amz-Algorithm/],
  ])('refuses X-Amz-Expires=%s', (expires, message) => {
    const expected = {
      code: 'AuthorizationQueryParametersError',
      status: 400,
      message: expect.stringMatching(message),
    };
    expect(replace('X-Amz-Expires=86400', `X-Amz-Expires=${expires}`)).toMatchObject(expected);
  });

  it('takes 1 and 604800 seconds as far as the signature, which then does not match', () => {
    expect(replace('=86400', '=1').code).toBe('SignatureDoesNotMatch');
    expect(replace('=86400', '=604800').code).toBe('SignatureDoesNotMatch');
  });

  it('refuses a parameter that is missing, twice there, or malformed', () => {
    const code = 'AuthorizationQueryParametersError';
    expect(replace('&X-Amz-SignedHeaders=host', '')).toMatchObject({ code });
    expect(replace('X-Amz-Expires=86400', 'X-Amz-Expires=86400&X-Amz-Expires=604800')).toMatchObject({ code });
    expect(replace('X-Amz-Date=20130524T000000Z', 'X-Amz-Date=2013-05-24')).toMatchObject({ code });
    expect(replace('AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA1')).toMatchObject({ code });
    expect(replace('us-east-1', 'us-west-2')).toMatchObject({ code, elements: { Region: 'us-east-1' } });
  });

  it('holds until its expiry and not a second longer', () => {
    expect(verify(requestOf('GET', presigned, {}, '20130525T000000Z'))).toMatchObject({ principal });
    expect(refusalOf(requestOf('GET', presigned, {}, '20130525T000001Z'))).toMatchObject({
      code: 'AccessDenied',
      message: 'Request has expired',
      elements: { 'X-Amz-Expires': 86400, Expires: '2013-05-25T00:00:00Z', ServerTime: '2013-05-25T00:00:01Z' },
    });
  });

  it('does not hold more than 15 minutes before it was signed', () => {
    expect(verify(requestOf('GET', presigned, {}, '20130523T234500Z'))).toMatchObject({ principal });
    expect(refusalOf(requestOf('GET', presigned, {}, '20130523T234459Z'))).toMatchObject({
      code: 'AccessDenied',
      message: 'Request is not yet valid',
    });
  });

  it('refuses a changed key, method, query or signature, and an unknown access key', () => {
    expect(replace('/test.txt', '/test2.txt').code).toBe('SignatureDoesNotMatch');
    expect(refusalOf(requestOf('PUT', presigned, {})).code).toBe('SignatureDoesNotMatch');
    expect(replace('X-Amz-Expires', 'versionId=1&X-Amz-Expires').code).toBe('SignatureDoesNotMatch');
    expect(replace('Signature=a', 'Signature=b').code).toBe('SignatureDoesNotMatch');
    expect(replace('AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE')).toMatchObject({
      code: 'InvalidAccessKeyId',
      elements: { AWSAccessKeyId: 'AKIAI44QH8DHBEXAMPLE' },
    });
  });

  it('refuses a session token where the key has none', () => {
    expect(replace('X-Amz-Expires', 'X-Amz-Security-Token=t&X-Amz-Expires').code).toBe('InvalidToken');
  });

  it('does not know a temporary key without its session token', () => {
    const temporary = { secretAccessKey, sessionToken: 't', principal };
    const outcome = (url: string) => authenticate(requestOf('GET', url, {}), 'us-east-1', () => temporary);
    expect(outcome(presigned)).toMatchObject({ code: 'InvalidAccessKeyId', status: 403 });
    const withToken = presigned.replace('X-Amz-Expires', 'X-Amz-Security-Token=u&X-Amz-Expires');
    expect(outcome(withToken)).toMatchObject({ code: 'InvalidToken', status: 400 });
  });

  it('refuses a URL that does not sign its host', () => {
    expect(replace('SignedHeaders=host', 'SignedHeaders=date')).toMatchObject({
      code: 'AccessDenied',
      elements: { HeadersNotSigned: 'host' },
    });
  });

  it('refuses a header that is signed and absent', () => {
    expect(replace('SignedHeaders=host', 'SignedHeaders=host%3Bx-amz-tagging').code).toBe('SignatureDoesNotMatch');
  });
});
