import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketCorsCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  type GetObjectCommand,
  ListBucketsCommand,
  PutBucketCorsCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { QueueNotification } from '../../../../local/s3/configuration.ts';
import { sendRaw } from '../support/raw.ts';
import { bucketName as Bucket, region, startTestS3, type TestS3, versioned } from '../support/server.ts';

const queue = `arn:aws:sqs:${region}:111122223333:q`;
const filter = { s3Key: { rules: [{ name: 'prefix', value: 'a/' }] } } as const;
const notifications: readonly QueueNotification[] = [{ event: 's3:ObjectRemoved:*', queue, filter }];

let s3: TestS3;
beforeEach(async () => {
  s3 = await startTestS3({
    buckets: [{ ...versioned, notifications }],
    mayNotify: (bucketName, queueArn) => bucketName === Bucket && queueArn === queue,
  });
});
afterEach(() => s3[Symbol.asyncDispose]());

const versioning = async () => (await s3.client.send(new GetBucketVersioningCommand({ Bucket }))).Status;

it('has its configuration anew at every start, and its date of the first', async () => {
  const before = await s3.client.send(new ListBucketsCommand({}));
  const VersioningConfiguration = { Status: 'Suspended' } as const;
  await s3.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  expect(await versioning()).toBe('Suspended');
  await s3.restart();
  expect(await versioning()).toBe('Enabled');
  expect((await s3.client.send(new ListBucketsCommand({}))).Buckets).toEqual(before.Buckets);
});

it('is gone when it is no longer declared, and those that clients made are not', async () => {
  const CreateBucketConfiguration = { LocationConstraint: region } as const;
  await s3.client.send(new CreateBucketCommand({ Bucket: 'made', CreateBucketConfiguration }));
  await s3.restart({ buckets: [] });
  const { Buckets = [] } = await s3.client.send(new ListBucketsCommand({}));
  expect(Buckets.map(({ Name }) => Name)).toEqual(['made']);
  await s3.client.send(new DeleteBucketCommand({ Bucket: 'made' }));
});

it.each([
  ['the policy', new GetBucketPolicyCommand({ Bucket })],
  ['the policy', new PutBucketPolicyCommand({ Bucket, Policy: '{}' })],
  ['the tags', new GetBucketTaggingCommand({ Bucket })],
])('leaves %s to the template, and says so: %#', async (what, command) => {
  await expect(s3.client.send(command as unknown as GetObjectCommand)).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining(`${what} of buckets that the template declares`),
  });
});

it('answers browsers by the CORS rules of the moment', async () => {
  const preflight = () =>
    sendRaw(`${s3.origin}/${Bucket}/k`, {
      method: 'OPTIONS',
      headers: { origin: 'https://a.example', 'access-control-request-method': 'PUT' },
    });
  expect((await preflight()).status).toBe(403);
  const CORSRules = [{ AllowedMethods: ['PUT'], AllowedOrigins: ['https://a.example'] }];
  await s3.client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
  expect((await preflight()).status).toBe(200);
  expect((await s3.client.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual(CORSRules);
});

it('tells its notifications, and tells the queue of what is put from then on', async () => {
  const get = () => s3.client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
  const Filter = { Key: { FilterRules: [{ Name: 'prefix' as const, Value: 'a/' }] } };
  const declared = { Id: 'queue-0', QueueArn: queue, Events: ['s3:ObjectRemoved:*'], Filter };
  expect((await get()).QueueConfigurations).toEqual([declared]);

  const events = ['s3:ObjectCreated:Put', 's3:ObjectCreated:Copy'] as const;
  const configuration = { Id: 'created', QueueArn: queue, Events: [...events], Filter };
  const NotificationConfiguration = { QueueConfigurations: [configuration] };
  await s3.client.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  expect((await get()).QueueConfigurations).toEqual([configuration]);
  await s3.client.send(new PutObjectCommand({ Bucket, Key: 'b/k', Body: 'a' }));
  await s3.client.send(new PutObjectCommand({ Bucket, Key: 'a/k', Body: 'a' }));
  await s3.stop();
  expect(s3.delivered.map(({ body }) => JSON.parse(body).Records[0])).toMatchObject([
    { eventName: 'ObjectCreated:Put', s3: { configurationId: 'created', object: { key: 'a/k' } } },
  ]);
});
