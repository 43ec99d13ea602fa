import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildAddress, buildSigner, buildUploadSigner } from '../../../../lambdas/runtime/container/signer.ts';

const bucket = 'amzn-s3-demo-bucket';
const regionalHost = `${bucket}.s3.eu-central-1.amazonaws.com`;
const acceleratedHost = `${bucket}.s3-accelerate.amazonaws.com`;
const key = 'documents/north-clinic/17/019aa8f2-7c1e-7b3a-9c55-2f6d8e0b4a17';
const signedAt = new Date('2026-11-21T10:00:00Z');

beforeAll(() => {
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
});
afterAll(() => vi.unstubAllEnvs());

/** The hosts of all that the signer signs for who uploads. */
const hostsOf = async (endpoint: string): Promise<string[]> => {
  const signer = buildUploadSigner({ BUCKET_NAME: bucket, UPLOAD_ENDPOINT: endpoint });
  const described = { key, mediaType: 'application/pdf', state: 'incoming', signedAt, expiresInSeconds: 60 } as const;
  const put = await signer.signPut({ ...described, sizeBytes: 3, sha256: 'ab'.repeat(32) });
  const form = await signer.signForm({ ...described, sizeBytesMin: 3, sizeBytesMax: 3 });
  const request = await signer.signRequest({ ...described, operation: 'CreateMultipartUpload' });
  const parts = await signer.signParts({
    ...{ key, uploadId: 'upload', parts: [{ partNumber: 1, sizeBytes: 3 }] },
    ...{ checksumAlgorithm: 'CRC64NVME', signedAt, expiresInSeconds: 60 },
  });
  return [put.url, form.url, request.url, parts.urlTemplate].map((url) => new URL(url).host);
};

describe('what is signed for who uploads', () => {
  it('goes to the nearest edge where the environment says so', async () => {
    expect(new Set(await hostsOf('accelerated'))).toEqual(new Set([acceleratedHost]));
  });

  it('goes to the region where it does not', async () => {
    expect(new Set(await hostsOf('regional'))).toEqual(new Set([regionalHost]));
  });
});

it('downloads, and the address of a document, are of the region whatever uploads take', async () => {
  const { url } = await buildSigner(bucket).signGet({
    ...{ key, versionId: 'v1', mediaType: 'application/pdf' },
    ...{ contentDisposition: 'attachment', signedAt, expiresInSeconds: 60 },
  });
  expect([new URL(url).host, new URL(buildAddress(bucket)(key)).host]).toEqual([regionalHost, regionalHost]);
});
