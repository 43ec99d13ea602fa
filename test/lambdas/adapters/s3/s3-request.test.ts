import { expect, it } from 'vitest';
import { s3ObjectSigner } from '../../../../lambdas/adapters/s3/object-signer.ts';
import type { S3RequestToSign } from '../../../../lambdas/ports.ts';
import { s3Endpoint } from '../../../../lambdas/signing/endpoint.ts';

const signer = s3ObjectSigner({
  endpoint: s3Endpoint({ bucket: 'the-bucket', region: 'eu-central-1' }),
  region: 'eu-central-1',
  credentials: () => ({ accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }),
});
const ofTheDocument = {
  key: 'documents/t/57/x',
  mediaType: 'application/pdf',
  state: 'incoming',
  signedAt: new Date('2026-11-21T10:00:00.999Z'),
  expiresInSeconds: 300,
} as const;
const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const described = { 'content-type': 'application/pdf', 'x-amz-tagging': 'sealdrop-state=incoming' };
const writtenOnce = { 'if-none-match': '*' };
const upload = { uploadId: 'u+1' };

type Asked = S3RequestToSign extends infer R
  ? R extends unknown
    ? Omit<R, keyof typeof ofTheDocument>
    : never
  : never;

/** What is asked, the method and the query of S3 that is signed, the headers to send, and those that need no telling. */
const cases: [Asked, string, object, Record<string, string>, string[]?][] = [
  [
    { operation: 'PutObject', sizeBytes: 3, sha256 },
    'PUT',
    {},
    { ...described, ...writtenOnce, 'x-amz-checksum-sha256': 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=' },
    ['content-length'],
  ],
  [{ operation: 'CreateMultipartUpload' }, 'POST', { uploads: '' }, described],
  [{ operation: 'UploadPart', ...upload, partNumber: 7 }, 'PUT', { partNumber: '7', uploadId: 'u+1' }, {}],
  [
    { operation: 'UploadPart', ...upload, partNumber: 7, sizeBytes: 3, sha256 },
    'PUT',
    { partNumber: '7', uploadId: 'u+1' },
    { 'x-amz-checksum-sha256': 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=' },
    ['content-length'],
  ],
  [
    { operation: 'UploadPart', ...upload, partNumber: 7, sizeBytes: 0, crc64nvme: 'AAAAAAAAAAA=' },
    'PUT',
    { partNumber: '7', uploadId: 'u+1' },
    { 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' },
    ['content-length'],
  ],
  [{ operation: 'ListParts', ...upload }, 'GET', { uploadId: 'u+1' }, {}],
  [{ operation: 'CompleteMultipartUpload', ...upload }, 'POST', { uploadId: 'u+1' }, writtenOnce],
  [
    { operation: 'CompleteMultipartUpload', ...upload, sizeBytes: 9, crc64nvme: 'AAAAAAAAAAA=' },
    'POST',
    { uploadId: 'u+1' },
    {
      ...writtenOnce,
      'x-amz-mp-object-size': '9',
      'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=',
      'x-amz-checksum-type': 'FULL_OBJECT',
    },
  ],
  [{ operation: 'AbortMultipartUpload', ...upload }, 'DELETE', { uploadId: 'u+1' }, {}],
];

it.each(cases)('signs %j', async (asked, method, query, headers, untold = []) => {
  const signed = await signer.signRequest({ ...ofTheDocument, ...asked });
  expect(signed).toMatchObject({ method, expiresAt: new Date('2026-11-21T10:05:00Z') });
  expect(signed.headers).toEqual(headers);
  const { pathname, searchParams } = new URL(signed.url);
  expect(pathname).toBe('/documents/t/57/x');
  expect(Object.fromEntries([...searchParams].filter(([name]) => !name.startsWith('X-Amz-')))).toEqual(query);
  expect(searchParams.get('X-Amz-SignedHeaders')).toBe([...Object.keys(headers), ...untold, 'host'].sort().join(';'));
});

it('signs the same PUT as signPut', async () => {
  const upload = { ...ofTheDocument, sizeBytes: 3, sha256, retentionClass: 'ten-years' };
  const { method, ...request } = await signer.signRequest({ ...upload, operation: 'PutObject' });
  expect(method).toBe('PUT');
  expect(request).toEqual(await signer.signPut(upload));
});

it('signs the retention class of what a multipart upload makes', async () => {
  const operation = 'CreateMultipartUpload' as const;
  const { headers } = await signer.signRequest({ ...ofTheDocument, operation, retentionClass: 'ten-years' });
  expect(headers['x-amz-tagging']).toBe('sealdrop-state=incoming&sealdrop-retention=ten-years');
});
