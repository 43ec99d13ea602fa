import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
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
