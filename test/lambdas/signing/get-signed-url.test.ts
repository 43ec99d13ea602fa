import { GetObjectCommand, PutObjectCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { s3Endpoint } from '../../../lambdas/signing/endpoint.ts';
import { type PresignRequest, presign } from '../../../lambdas/signing/presign.ts';
import { regions } from './arbitraries.ts';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLE+/token==',
};
const now = new Date('2026-11-21T10:20:30.456Z');
const sha256 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const keys = ['documents/t1/0a/0190d0a0-1111-7000-8000-000000000000', "a b/ü+%2F&='(1)*!/🗂️.pdf", '/a//../b/', '~'];

/** `WHEN_REQUIRED` keeps the SDK from adding checksums of its own, which nothing here asks for. */
const clientOf = (settings: { region: string; endpoint?: string }): S3Client =>
  new S3Client({
    ...settings,
    credentials,
    forcePathStyle: settings.endpoint !== undefined,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });

const hardenedHeaders = {
  'content-length': '1234',
  'content-type': 'application/pdf',
  'if-none-match': '*',
  'x-amz-checksum-sha256': sha256,
  'x-amz-tagging': 'sealdrop-state=incoming',
};

const put = (at: { bucket: string; region: string; endpointUrl?: string }, key: string): PresignRequest => ({
  method: 'PUT',
  endpoint: s3Endpoint(at),
  key,
  // The one thing that only the SDK's middleware adds: S3 does not need it.
  query: { 'x-id': 'PutObject' },
  headers: hardenedHeaders,
  region: at.region,
  credentials,
  expiresInSeconds: 300,
  now,
});

const putBySdk = (client: S3Client, bucket: string, key: string): Promise<string> =>
  getSignedUrl(
    client,
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      ContentLength: 1234,
      ContentType: 'application/pdf',
      IfNoneMatch: '*',
      ChecksumSHA256: sha256,
      Tagging: 'sealdrop-state=incoming',
    }),
    {
      expiresIn: 300,
      signingDate: now,
      signableHeaders: new Set(Object.keys(hardenedHeaders)),
      unhoistableHeaders: new Set(Object.keys(hardenedHeaders)),
    },
  );

describe('presign, against getSignedUrl', () => {
  it.each(regions)('signs the same PUT in %s', async (region) => {
    const client = clientOf({ region });
    for (const bucket of ['examplebucket', 'dots.in.name']) {
      for (const key of keys) {
        expect(presign(put({ bucket, region }, key))).toBe(await putBySdk(client, bucket, key));
      }
    }
  });

  it.each(['http://127.0.0.1:9001', 'https://example.org:8443/s3/'])('signs the same PUT behind %s', async (url) => {
    const client = clientOf({ region: 'eu-central-1', endpoint: url });
    const request = put({ bucket: 'examplebucket', region: 'eu-central-1', endpointUrl: url }, 'a/b');
    expect(presign(request)).toBe(await putBySdk(client, 'examplebucket', 'a/b'));
  });

  it.each(keys)('signs the same GET of a version of %j, with the headers of its answer', async (key) => {
    const url = await getSignedUrl(
      clientOf({ region: 'eu-central-1' }),
      new GetObjectCommand({
        Bucket: 'examplebucket',
        Key: key,
        VersionId: '3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY',
        ResponseContentType: 'application/pdf',
        ResponseCacheControl: 'no-store',
        ResponseContentDisposition: `attachment; filename="r.pdf"; filename*=UTF-8''r%C3%BC.pdf`,
      }),
      { expiresIn: 120, signingDate: now },
    );
    const { headers: _, ...request } = put({ bucket: 'examplebucket', region: 'eu-central-1' }, key);
    const query = {
      versionId: '3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY',
      'response-content-type': 'application/pdf',
      'response-cache-control': 'no-store',
      'response-content-disposition': `attachment; filename="r.pdf"; filename*=UTF-8''r%C3%BC.pdf`,
      'x-id': 'GetObject',
    };
    expect(presign({ ...request, method: 'GET', query, expiresInSeconds: 120 })).toBe(url);
  });

  it('signs the same part of a multipart upload', async () => {
    const part = new UploadPartCommand({ Bucket: 'examplebucket', Key: 'a', PartNumber: 7, UploadId: 'VXBsb2Fk+/.' });
    const url = await getSignedUrl(clientOf({ region: 'us-gov-west-1' }), part, { expiresIn: 900, signingDate: now });
    const { headers: _, ...request } = put({ bucket: 'examplebucket', region: 'us-gov-west-1' }, 'a');
    const query = { partNumber: '7', uploadId: 'VXBsb2Fk+/.', 'x-id': 'UploadPart' };
    expect(presign({ ...request, query, expiresInSeconds: 900 })).toBe(url);
  });
});
