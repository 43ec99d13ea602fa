import { describe, expect, it } from 'vitest';
import { s3ObjectSigner } from '../../../../lambdas/adapters/s3/object-signer.ts';
import { type S3Endpoint, s3Endpoint } from '../../../../lambdas/signing/endpoint.ts';

const region = 'eu-central-1';
const context = {
  region,
  credentials: () => ({ accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }),
};
const signer = s3ObjectSigner({ ...context, endpoint: s3Endpoint({ bucket: 'the-bucket', region }) });
const signedAt = new Date('2026-11-21T10:00:00.999Z');
const put = {
  signedAt,
  key: 'documents/t/57/x',
  mediaType: 'application/pdf',
  sizeBytes: 3,
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  state: 'incoming' as const,
  expiresInSeconds: 300,
  retentionClass: undefined as string | undefined,
};

describe('a signed upload', () => {
  it('signs shut type, length, hash, state and write-once, all as headers', async () => {
    const { url, headers, expiresAt } = await signer.signPut(put);
    const query = new URL(url).searchParams;
    expect(query.get('X-Amz-SignedHeaders')).toBe(
      'content-length;content-type;host;if-none-match;x-amz-checksum-sha256;x-amz-tagging',
    );
    expect([...query.keys()].filter((name) => !name.startsWith('X-Amz-'))).toEqual([]);
    expect(headers).toEqual({
      'content-type': 'application/pdf',
      'if-none-match': '*',
      'x-amz-checksum-sha256': 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
      'x-amz-tagging': 'sealdrop-state=incoming',
    });
    expect(query.get('X-Amz-Expires')).toBe('300');
    expect(expiresAt.toISOString()).toBe('2026-11-21T10:05:00.000Z');
  });

  it('signs the retention class beside the state', async () => {
    const { headers } = await signer.signPut({ ...put, retentionClass: 'ten-years' });
    expect(headers['x-amz-tagging']).toBe('sealdrop-state=incoming&sealdrop-retention=ten-years');
  });

  it.each<[string, Partial<typeof put>]>([
    ['type', { mediaType: 'image/png' }],
    ['length', { sizeBytes: 4 }],
    ['hash', { sha256: 'ab'.repeat(32) }],
    ['key', { key: 'documents/t/57/y' }],
    ['retention class', { retentionClass: 'ten-years' }],
  ])('is another one for another %s', async (_what, change) => {
    const signatureOf = async (upload: typeof put) =>
      new URL((await signer.signPut(upload)).url).searchParams.get('X-Amz-Signature');
    expect(await signatureOf({ ...put, ...change })).not.toBe(await signatureOf(put));
  });
});

describe('a signed form', () => {
  const { sizeBytes, ...described } = put;
  const form = { ...described, sizeBytesMin: sizeBytes, sizeBytesMax: sizeBytes };
  const urlsOf = async (endpoint: S3Endpoint) => {
    const { url, dualStackUrl } = await s3ObjectSigner({ ...context, endpoint }).signForm(form);
    return [url, dualStackUrl];
  };

  it.each([
    [{ bucket: 'the-bucket' }, 'https://the-bucket.s3.', 'eu-central-1.amazonaws.com/'],
    [{ bucket: 'dots.in.name' }, 'https://s3.', 'eu-central-1.amazonaws.com/dots.in.name'],
    [{ bucket: 'the-bucket', accelerate: true }, 'https://the-bucket.s3-accelerate.', 'amazonaws.com/'],
  ])('goes to either name of %j', async (at, before, after) => {
    const endpoint = s3Endpoint({ region, ...at });
    expect(await urlsOf(endpoint)).toEqual([`${before}${after}`, `${before}dualstack.${after}`]);
  });

  it('goes to the one that there is behind an endpoint of one’s own', async () => {
    const endpointUrl = 'https://s3.example.org';
    const endpoint = s3Endpoint({ bucket: 'the-bucket', region, endpointUrl });
    expect(await urlsOf(endpoint)).toEqual(['https://s3.example.org/the-bucket', undefined]);
  });
});

describe('a signed download', () => {
  it('fixes the version and what the answer says of the bytes', async () => {
    const { url, headers } = await signer.signGet({
      key: put.key,
      versionId: 'v1',
      signedAt,
      mediaType: 'application/pdf',
      contentDisposition: 'attachment; filename="a.pdf"',
      expiresInSeconds: 120,
    });
    const { hostname, pathname, searchParams } = new URL(url);
    expect({ hostname, pathname }).toEqual({
      hostname: 'the-bucket.s3.eu-central-1.amazonaws.com',
      pathname: '/documents/t/57/x',
    });
    expect(Object.fromEntries(searchParams)).toMatchObject({
      versionId: 'v1',
      'response-content-type': 'application/pdf',
      'response-content-disposition': 'attachment; filename="a.pdf"',
      'response-cache-control': 'no-store',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Expires': '120',
    });
    expect(headers).toEqual({});
  });
});
