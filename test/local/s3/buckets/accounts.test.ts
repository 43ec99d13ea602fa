import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  HeadBucketCommand,
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

it.each([
  ['no JSON', 'not json', 'Policies must be valid JSON and the first byte must be {'],
  ['half JSON', '{', 'This policy contains invalid Json'],
  ['another bucket', { Resource: 'arn:aws:s3:::other/*' }, 'Policy has invalid resource'],
  ['another service', { Action: 'sqs:SendMessage' }, 'Policy has invalid action'],
  ['nobody', { Principal: undefined }, 'Missing required field Principal'],
  [
    'an operator that is not understood',
    { Condition: { Odd: { 'aws:SourceIp': '::1' } } },
    /unknown condition operator/,
  ],
])('refuses a policy about %s', async (_, document, message) => {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: bensAccount },
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
  };
  const Policy =
    typeof document === 'string'
      ? document
      : JSON.stringify({ Version: '2012-10-17', Statement: { ...statement, ...document } });
  await expect(annas.send(new PutBucketPolicyCommand({ Bucket, Policy }))).rejects.toMatchObject({
    name: 'MalformedPolicy',
    message: typeof message === 'string' ? message : expect.stringMatching(message),
    $metadata: { httpStatusCode: 400 },
  });
});

describe('the expected owner', () => {
  const head = (ExpectedBucketOwner: string) => annas.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner }));

  it('must be the owner', async () => {
    expect((await head(annasAccount)).BucketRegion).toBe('us-east-1');
    await expect(head(bensAccount)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    const put = new PutObjectCommand({ Bucket, Key, Body: 'x', ExpectedBucketOwner: bensAccount });
    await expect(annas.send(put)).rejects.toMatchObject(denied);
    expect(await (await get(annas)).Body?.transformToString()).toBe('of anna');
  });

  it('must be an account', async () => {
    const put = new PutObjectCommand({ Bucket, Key, Body: 'x', ExpectedBucketOwner: 'anna' });
    await expect(annas.send(put)).rejects.toMatchObject({ name: 'InvalidBucketOwnerAWSAccountID' });
  });

  it('of a copy is asked of both buckets', async () => {
    await putPolicy({ AWS: bensAccount });
    await bens.send(new CreateBucketCommand({ Bucket: 'bens' }));
    const copy = (ExpectedBucketOwner: string, ExpectedSourceBucketOwner: string) =>
      bens.send(
        new CopyObjectCommand({
          Bucket: 'bens',
          Key,
          CopySource: `${Bucket}/${Key}`,
          ExpectedBucketOwner,
          ExpectedSourceBucketOwner,
        }),
      );
    await expect(copy(bensAccount, bensAccount)).rejects.toMatchObject(denied);
    await expect(copy(annasAccount, annasAccount)).rejects.toMatchObject(denied);
    await copy(bensAccount, annasAccount);
  });
});
