import { CreateBucketCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anna, bensAccount, type Standalone, startStandalone } from './standalone.ts';

const Bucket = 'annas';

let s3: Standalone;
beforeAll(async () => {
  s3 = await startStandalone();
  await s3.clientOf(anna).send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => s3[Symbol.asyncDispose]());

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
  await expect(s3.clientOf(anna).send(new PutBucketPolicyCommand({ Bucket, Policy }))).rejects.toMatchObject({
    name: 'MalformedPolicy',
    message: typeof message === 'string' ? message : expect.stringMatching(message),
    $metadata: { httpStatusCode: 400 },
  });
});
