import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it, vi } from 'vitest';
import { movableClock } from '../../support/clock.ts';
import { bucketName as Bucket, principal, region, startTestS3, versioned } from './support/server.ts';

const withEventBridge = { buckets: [{ ...versioned, eventBridge: true }] };

describe('a bucket that has EventBridge switched on', () => {
  it('tells the default bus of a new object, in the form of the user guide, with the key as it is', async () => {
    await using s3 = await startTestS3(withEventBridge);
    const Key = 'documents/ä b+c.pdf';
    const { VersionId, ETag = '' } = await s3.client.send(new PutObjectCommand({ Bucket, Key, Body: 'content' }));
    await vi.waitUntil(() => s3.delivered.length > 0);
    const [{ queueArn, body } = { queueArn: '', body: '' }] = s3.delivered;

    expect(queueArn).toBe(`arn:aws:events:${region}:${principal.accountId}:event-bus/default`);
    expect(JSON.parse(body)).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Object Created',
      source: 'aws.s3',
      account: principal.accountId,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region,
      resources: [`arn:aws:s3:::${Bucket}`],
      detail: {
        version: '0',
        bucket: { name: Bucket },
        object: {
          key: Key,
          size: 7,
          etag: ETag.replaceAll('"', ''),
          'version-id': VersionId,
          sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
        },
        'request-id': expect.any(String),
        requester: principal.accountId,
        'source-ip-address': '127.0.0.1',
        reason: 'PutObject',
      },
    });
  });

  it('tells of what is copied and put together too, and not of what is deleted', async () => {
    await using s3 = await startTestS3(withEventBridge);
    const { client } = s3;
    const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'content' }));
    await client.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'c' }));
    const part = { Bucket, Key: 'c', UploadId };
    const { ETag } = await client.send(new UploadPartCommand({ ...part, PartNumber: 1, Body: 'content' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await client.send(new CompleteMultipartUploadCommand({ ...part, MultipartUpload }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId }));
    await s3.stop();
    expect(s3.delivered.map(({ body }) => JSON.parse(body).detail.reason)).toEqual([
      'PutObject',
      'CopyObject',
      'CompleteMultipartUpload',
    ]);
  });

  it('keeps it for a client that reads its notifications and writes them back, and loses it where one leaves it out', async () => {
    await using s3 = await startTestS3(withEventBridge);
    const read = () => s3.client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    const write = (NotificationConfiguration: object) =>
      s3.client.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    expect((await read()).EventBridgeConfiguration).toEqual({});
    await write({ EventBridgeConfiguration: {} });
    expect((await read()).EventBridgeConfiguration).toEqual({});
    await write({});
    expect((await read()).EventBridgeConfiguration).toBeUndefined();
    await expect(write({ EventBridgeConfiguration: {} })).rejects.toMatchObject({ name: 'NotImplemented' });
    await s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'content' }));
    await s3.stop();
    expect(s3.delivered).toEqual([]);
  });
});

it('tells of what was not taken before the end after the next start', async () => {
  const clock = movableClock(new Date());
  await using s3 = await startTestS3({ ...withEventBridge, deliver: () => Promise.reject(new Error('no bus')), clock });
  await s3.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'content' }));
  await s3.stop();
  const taken: string[] = [];
  await s3.restart({ deliver: async ({ body }) => void taken.push(body) });
  await vi.waitUntil(() => taken.length === 1);
});
