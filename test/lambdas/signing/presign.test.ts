import { describe, expect, it } from 'vitest';
import { s3Endpoint } from '../../../lambdas/signing/endpoint.ts';
import { type PresignRequest, presign } from '../../../lambdas/signing/presign.ts';

const region = 'eu-central-1';
const request: PresignRequest = {
  method: 'PUT',
  endpoint: s3Endpoint({ bucket: 'examplebucket', region }),
  key: 'documents/t1/0a/d1',
  region,
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  expiresInSeconds: 300,
  now: new Date('2026-11-21T10:20:30.999Z'),
};

const parametersOf = (url: string): Record<string, string> => Object.fromEntries(new URL(url).searchParams);
const signatureOf = (changes: Partial<PresignRequest>): string | undefined =>
  parametersOf(presign({ ...request, ...changes }))['X-Amz-Signature'];

describe('presign', () => {
  it('names in the URL what it signed, and nothing of the headers but their names', () => {
    const headers = { 'x-amz-checksum-sha256': 'c2VjcmV0', 'content-type': 'application/pdf' };
    expect(parametersOf(presign({ ...request, headers, query: { versionId: 'v1' } }))).toEqual({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
      'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20261121/eu-central-1/s3/aws4_request',
      'X-Amz-Date': '20261121T102030Z',
      'X-Amz-Expires': '300',
      'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
      'X-Amz-SignedHeaders': 'content-type;host;x-amz-checksum-sha256',
      versionId: 'v1',
    });
  });

  it.each<[string, Partial<PresignRequest>]>([
    ['method', { method: 'GET' }],
    ['bucket', { endpoint: s3Endpoint({ bucket: 'anotherbucket', region }) }],
    ['key', { key: 'documents/t1/0a/d2' }],
    ['a parameter', { query: { versionId: 'v1' } }],
    ['a header', { headers: { 'content-length': '1' } }],
    ['region', { region: 'eu-central-2' }],
    ['secret', { credentials: { ...request.credentials, secretAccessKey: 'another' } }],
    ['token', { credentials: { ...request.credentials, sessionToken: 'token' } }],
    ['expiry', { expiresInSeconds: 301 }],
    ['time', { now: new Date('2026-11-21T10:20:31Z') }],
  ])('signs another signature for another %s', (_, changes) => {
    expect(signatureOf(changes)).not.toBe(signatureOf({}));
  });

  it('signs a header with its blanks trimmed and joined, as S3 reads it', () => {
    const spaced = signatureOf({ headers: { 'content-type': ' text/plain; \t charset=utf-8 ' } });
    expect(spaced).toBe(signatureOf({ headers: { 'content-type': 'text/plain; charset=utf-8' } }));
  });

  it.each([1, 604_800])('accepts an expiry of %d s', (expiresInSeconds) => {
    expect(parametersOf(presign({ ...request, expiresInSeconds }))['X-Amz-Expires']).toBe(`${expiresInSeconds}`);
  });

  it.each([0, -1, 604_801, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('throws for an expiry of %d s', (seconds) => {
    expect(() => presign({ ...request, expiresInSeconds: seconds })).toThrow('lives 1 to 604800 whole seconds');
  });

  it.each(['k'.repeat(1024), 'ü'.repeat(512), '🗂'.repeat(256)])('accepts a key of 1,024 bytes', (key) => {
    expect(decodeURIComponent(new URL(presign({ ...request, key })).pathname)).toBe(`/${key}`);
  });

  it.each(['', 'k'.repeat(1025), `${'ü'.repeat(512)}k`])('throws for a key of no or over 1,024 bytes', (key) => {
    expect(() => presign({ ...request, key })).toThrow('An object key has 1 to 1024 bytes');
  });

  it.each(['\ud800', 'a\udc00b'])('throws for a lone surrogate in a key, a parameter and a header', (text) => {
    expect(() => presign({ ...request, key: text })).toThrow('lone surrogate');
    expect(() => presign({ ...request, query: { versionId: text } })).toThrow(URIError);
    expect(() => presign({ ...request, headers: { 'x-amz-meta-a': text } })).toThrow('cannot be sent');
  });

  it.each(['x-amz-checksum-sha256', 'X-Amz-Signature', 'X-Amz-Expires', 'Tagging', 'a b', ''])(
    'throws for the parameter %j: S3 has none of that name, or it is a header',
    (name) => {
      expect(() => presign({ ...request, query: { [name]: 'a' } })).toThrow('is no query parameter of S3');
    },
  );

  it.each(['Content-Type', 'host', 'authorization', 'date', 'x-amz-date', 'x-amz-security-token', 'a b', 'a:', ''])(
    'throws for the header %j',
    (name) => {
      expect(() => presign({ ...request, headers: { [name]: 'a' } })).toThrow('cannot be signed');
    },
  );

  it.each(['a\nb', 'a\r\nx-amz-acl: public-read', 'a\0', '\x7f'])('throws for the header value %j', (value) => {
    expect(() => presign({ ...request, headers: { 'content-type': value } })).toThrow('cannot be sent');
  });

  it('throws for a time that is none', () => {
    expect(() => presign({ ...request, now: new Date(Number.NaN) })).toThrow(RangeError);
  });
});
