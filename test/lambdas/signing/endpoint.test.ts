import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { describe, expect, it } from 'vitest';
import { s3Endpoint } from '../../../lambdas/signing/endpoint.ts';
import { regions } from './arbitraries.ts';

describe('s3Endpoint', () => {
  it.each(RegionInfo.regions.map(({ name, domainSuffix }) => [name, domainSuffix] as const))(
    'puts a bucket of %s under %s',
    (region, domainSuffix) => {
      expect(s3Endpoint({ bucket: 'examplebucket', region })).toEqual({
        bucket: 'examplebucket',
        protocol: 'https:',
        host: `examplebucket.s3.${region}.${domainSuffix}`,
        basePath: '',
      });
    },
  );

  it('addresses a bucket with dots by path: the wildcard of the certificate covers one label', () => {
    expect(s3Endpoint({ bucket: 'a.bucket', region: 'cn-north-1' })).toEqual({
      bucket: 'a.bucket',
      protocol: 'https:',
      host: 's3.cn-north-1.amazonaws.com.cn',
      basePath: '/a.bucket',
    });
  });

  it.each([
    ['http://127.0.0.1:9001', { protocol: 'http:', host: '127.0.0.1:9001', basePath: '/examplebucket' }],
    ['http://localhost:80/', { protocol: 'http:', host: 'localhost', basePath: '/examplebucket' }],
    ['https://example.org/s3//', { protocol: 'https:', host: 'example.org', basePath: '/s3/examplebucket' }],
  ])('addresses a bucket behind %s by path', (endpointUrl, endpoint) => {
    expect(s3Endpoint({ bucket: 'examplebucket', region: 'eu-central-1', endpointUrl })).toEqual({
      bucket: 'examplebucket',
      ...endpoint,
    });
  });

  it.each([
    '',
    'ab',
    'Upper-case',
    'under_score',
    '-hyphen-first',
    'a/b/c',
    'evil.example#',
    'a'.repeat(64),
    'arn:aws:s3:us-east-1:111122223333:accesspoint/example',
  ])('throws for the bucket name %j', (bucket) => {
    expect(() => s3Endpoint({ bucket, region: 'eu-central-1' })).toThrow('is not the name of a bucket');
  });

  it.each(['', 'eu', 'eu-central', 'eu-central-1.example.org', 'EU-CENTRAL-1', 'eu-central-1#'])(
    'throws for the region %j',
    (region) => {
      expect(() => s3Endpoint({ bucket: 'examplebucket', region })).toThrow('is not the name of an AWS region');
    },
  );

  it.each(['ftp://127.0.0.1', 'file:///tmp'])('throws for the endpoint %s', (endpointUrl) => {
    expect(() => s3Endpoint({ bucket: 'examplebucket', region: 'eu-central-1', endpointUrl })).toThrow(
      'neither http nor https',
    );
  });

  it.each(regions)('accelerates a bucket of %s as the SDK does, or as little', async (region) => {
    const client = new S3Client({
      region,
      useAccelerateEndpoint: true,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const ours = () => `https://${s3Endpoint({ bucket: 'examplebucket', region, accelerate: true }).host}`;
    const bySdk = getSignedUrl(client, new GetObjectCommand({ Bucket: 'examplebucket', Key: 'k' })).then(
      (url) => new URL(url).origin,
      (error: Error) => error.message,
    );
    const expected = await bySdk;
    if (expected.startsWith('https:')) expect(ours()).toBe(expected);
    else {
      expect(expected).toContain('S3 Accelerate cannot be used in this region');
      expect(ours).toThrow(`The region '${region}' has no Transfer Acceleration`);
    }
  });

  it.each([
    [{ bucket: 'dots.in.name' }, "The bucket 'dots.in.name', with dots in its name, has no Transfer Acceleration"],
    [{ endpointUrl: 'http://127.0.0.1:9001' }, "An endpoint of one's own ('http://127.0.0.1:9001') has no"],
  ])('throws for %j with acceleration, as the SDK does', async (changes, message) => {
    const at = { bucket: 'examplebucket', region: 'eu-central-1', ...changes };
    const client = new S3Client({
      ...{ region: at.region, useAccelerateEndpoint: true, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } },
      ...('endpointUrl' in at && { endpoint: at.endpointUrl }),
    });
    const bySdk = getSignedUrl(client, new GetObjectCommand({ Bucket: at.bucket, Key: 'k' }));
    await expect(bySdk).rejects.toThrow('S3 Accelerate');
    expect(() => s3Endpoint({ ...at, accelerate: true })).toThrow(message);
    expect(() => s3Endpoint({ ...at, accelerate: false })).not.toThrow();
  });
});
