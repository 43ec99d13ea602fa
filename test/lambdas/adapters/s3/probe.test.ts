import { GetBucketLocationCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { s3Probe } from '../../../../lambdas/adapters/s3/probe.ts';

const s3 = mockClient(S3Client);
const check = (region = 'eu-central-1') => s3Probe(new S3Client({ region }), 'bucket', region).check();

beforeEach(() => s3.reset());

const answered = (name: string, httpStatusCode: number) =>
  new S3ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode } });
const broken = (name: string, code?: string) => Object.assign(new Error('no'), { name, ...(code && { code }) });

describe('the look at the bucket', () => {
  it.each([
    ['eu-central-1', 'eu-central-1'],
    ['us-east-1', undefined],
    ['eu-west-1', 'EU'],
  ] as const)('finds it in %s where S3 says %s', async (region, LocationConstraint) => {
    s3.on(GetBucketLocationCommand, { Bucket: 'bucket' }).resolves(LocationConstraint ? { LocationConstraint } : {});
    expect(await check(region)).toBeUndefined();
  });

  it('notices another region', async () => {
    s3.on(GetBucketLocationCommand).resolves({ LocationConstraint: 'eu-west-3' });
    expect(await check()).toBe('wrong-region');
  });

  it.each([
    [answered('AccessDenied', 403), 'access-denied'],
    [answered('SomethingNew', 403), 'access-denied'],
    [answered('NoSuchBucket', 404), 'bucket-not-found'],
    [answered('NotFound', 404), 'bucket-not-found'],
    [answered('InvalidAccessKeyId', 403), 'invalid-credentials'],
    [answered('ExpiredToken', 400), 'invalid-credentials'],
    [answered('SignatureDoesNotMatch', 403), 'invalid-credentials'],
    [broken('CredentialsProviderError'), 'invalid-credentials'],
    [answered('PermanentRedirect', 301), 'wrong-region'],
    [answered('SlowDown', 503), 'failing'],
    [answered('InternalError', 500), 'failing'],
    [broken('TimeoutError'), 'unreachable'],
    [broken('Error', 'ECONNREFUSED'), 'unreachable'],
    [broken('Error', 'ENOTFOUND'), 'unreachable'],
    [broken('Error', 'CERT_HAS_EXPIRED'), 'unreachable'],
    [broken('Error', 'ERR_TLS_CERT_ALTNAME_INVALID'), 'unreachable'],
  ] as const)('takes %s for %s', async (error, fault) => {
    s3.on(GetBucketLocationCommand).rejects(error);
    expect(await check()).toBe(fault);
  });

  it('lets bugs through', async () => {
    s3.on(GetBucketLocationCommand).rejects(new TypeError('undefined is not a function'));
    await expect(check()).rejects.toThrow(TypeError);
  });
});
