import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anna, annasAccount, ben, bensAccount, type Standalone, startStandalone } from './standalone.ts';

const Bucket = 'annas';
const Key = 'k';
const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };

let s3: Standalone;
let annas: S3Client;
let bens: S3Client;
beforeEach(async () => {
  s3 = await startStandalone();
  annas = s3.clientOf(anna);
  bens = s3.clientOf(ben);
  await annas.send(new CreateBucketCommand({ Bucket }));
  await annas.send(new PutObjectCommand({ Bucket, Key, Body: 'of anna' }));
});
afterEach(() => s3[Symbol.asyncDispose]());

const putPolicy = (Principal: unknown, more: object = {}) => {
  const statement = {
    Effect: 'Allow',
    Principal,
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
    ...more,
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  return annas.send(new PutBucketPolicyCommand({ Bucket, Policy }));
};
const get = (client: S3Client) => client.send(new GetObjectCommand({ Bucket, Key }));

describe('the bucket of another account', () => {
  it('is closed', async () => {
    await expect(get(bens)).rejects.toMatchObject(denied);
    await expect(bens.send(new PutObjectCommand({ Bucket, Key, Body: 'b' }))).rejects.toMatchObject(denied);
    await expect(bens.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject(denied);
    await expect(bens.send(new DeleteBucketPolicyCommand({ Bucket }))).rejects.toMatchObject(denied);
  });

  it.each([
    ['the account', bensAccount],
    ['its root', `arn:aws:iam::${bensAccount}:root`],
  ])('is open for what its policy allows to %s, and no further', async (_, AWS) => {
    await putPolicy({ AWS });
    expect(await (await get(bens)).Body?.transformToString()).toBe('of anna');
    await expect(bens.send(new PutObjectCommand({ Bucket, Key, Body: 'b' }))).rejects.toMatchObject(denied);
    await annas.send(new DeleteBucketPolicyCommand({ Bucket }));
    await expect(get(bens)).rejects.toMatchObject(denied);
  });

  it('is not opened for others by a policy that names its own account', async () => {
    await putPolicy({ AWS: annasAccount });
    await expect(get(bens)).rejects.toMatchObject(denied);
  });
});

it('denies its owner what the policy denies, but never the policy itself', async () => {
  await putPolicy('*', {
    Effect: 'Deny',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
  });
  await expect(get(annas)).rejects.toMatchObject({ ...denied, message: expect.stringContaining('explicit deny') });
  await annas.send(new DeleteBucketPolicyCommand({ Bucket }));
  expect((await get(annas)).ContentLength).toBe(7);
});

describe('a public policy', () => {
  it('is blocked in a new bucket', async () => {
    await expect(putPolicy('*')).rejects.toMatchObject({
      ...denied,
      message: expect.stringContaining('BlockPublicPolicy'),
    });
  });

  it('opens the bucket where nothing blocks it, unless public buckets are restricted', async () => {
    await annas.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await putPolicy('*');
    const status = await annas.send(new GetBucketPolicyStatusCommand({ Bucket }));
    expect(status.PolicyStatus).toEqual({ IsPublic: true });
    expect((await get(bens)).ContentLength).toBe(7);
    const PublicAccessBlockConfiguration = { RestrictPublicBuckets: true };
    await annas.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    await expect(get(bens)).rejects.toMatchObject(denied);
    expect((await get(annas)).ContentLength).toBe(7);
  });

  it('is none where a condition fixes who asks', async () => {
    await putPolicy('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': bensAccount } } });
    expect((await get(bens)).ContentLength).toBe(7);
  });
});
