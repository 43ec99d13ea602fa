import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { dualStackHostOf } from '../../../lambdas/signing/dual-stack-host.ts';
import { s3Endpoint } from '../../../lambdas/signing/endpoint.ts';
import { regions } from './arbitraries.ts';

/** By the endpoint rules of the SDK. */
const hostBySdk = async (region: string, bucket: string, useAccelerateEndpoint: boolean): Promise<string> => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new S3Client({ region, useAccelerateEndpoint, useDualstackEndpoint: true, credentials });
  return new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: 'k' }))).host;
};

describe('dualStackHostOf', () => {
  it.each(regions)('is what the SDK calls a bucket of %s', async (region) => {
    for (const bucket of ['examplebucket', 'dots.in.name'])
      expect(dualStackHostOf(s3Endpoint({ bucket, region }).host)).toBe(await hostBySdk(region, bucket, false));
    if (region.startsWith('cn-')) return;
    const { host } = s3Endpoint({ bucket: 'examplebucket', region, accelerate: true });
    expect(dualStackHostOf(host)).toBe(await hostBySdk(region, 'examplebucket', true));
  });

  it.each([
    ['127.0.0.1:9001', 'localhost:9001'],
    ['127.0.0.1', 'localhost'],
  ])('of %s is %s', (host, other) => expect(dualStackHostOf(host)).toBe(other));

  it.each([
    'localhost:9001',
    '127.0.0.10',
    '127.0.0.1.example.org',
    's3.example.org',
    'examplebucket.s3.dualstack.eu-central-1.amazonaws.com',
    'examplebucket.s3.eu-central-1.amazonaws.com.example.org',
    'bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com',
    's3xamazonaws.com',
  ])('knows no other name of %s', (host) => expect(dualStackHostOf(host)).toBeUndefined());
});
