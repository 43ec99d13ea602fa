import {
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { bucketName as Bucket } from '../support/server.ts';
import { passDays, put, start } from './days.ts';

const queue = 'arn:aws:sqs:eu-central-1:111122223333:events';

describe('events', () => {
  it('tell of deletion, delete markers and transitions, named as S3 does, with S3 as the one who did it', async () => {
    const notifications = ['s3:LifecycleExpiration:*', 's3:LifecycleTransition'].map((event) => ({ event, queue }));
    const rule = {
      expiration: { days: 2 },
      noncurrentVersionExpiration: { noncurrentDays: 1 },
      transitions: [{ days: 1, storageClass: 'GLACIER' }],
    } as const;
    const { s3, clock } = await start(rule, { notifications });
    await using _ = s3;
    const { VersionId } = await put(s3, 'a b', Buffer.alloc(128 * 1024));
    await passDays(s3, clock, 2);
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'a b' }));
    expect(head).toMatchObject({ StorageClass: 'GLACIER', VersionId });
    await passDays(s3, clock, 1);
    await passDays(s3, clock, 1);
    await passDays(s3, clock, 1);
    await s3.stop();

    const records = s3.delivered.map(({ body }) => JSON.parse(body).Records[0]);
    expect(records.map(({ eventName }) => eventName)).toEqual([
      'LifecycleTransition',
      'LifecycleExpiration:DeleteMarkerCreated',
      'LifecycleExpiration:Delete',
      'LifecycleExpiration:Delete',
    ]);
    expect(records[0]).toMatchObject({
      eventVersion: '2.3',
      eventTime: '2026-03-03T12:00:00.000Z',
      userIdentity: { principalId: 's3.amazonaws.com' },
      requestParameters: { sourceIPAddress: 's3.amazonaws.com' },
      s3: { bucket: { ownerIdentity: { principalId: '111122223333' } }, object: { key: 'a+b', versionId: VersionId } },
      lifecycleEventData: { transitionEventData: { destinationStorageClass: 'GLACIER' } },
    });
    expect(records[2].s3.object).toEqual({ key: 'a+b', versionId: VersionId, sequencer: expect.any(String) });
    const sequencers = records.map(({ s3 }) => s3.object.sequencer);
    expect(sequencers).toEqual(sequencers.toSorted());
    expect(new Set(sequencers).size).toBe(sequencers.length);
  });
});

describe('an upload in parts', () => {
  it('is aborted when its time is over, which it tells from the beginning; other prefixes stay', async () => {
    const abort = { filter: { prefix: 'a/' }, abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } };
    const { s3, clock } = await start(abort);
    await using _ = s3;
    const create = (Key: string) => s3.client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const told = { AbortDate: new Date('2026-03-03T00:00:00Z'), AbortRuleId: 'a%20rule' };
    const { UploadId, ...begun } = await create('a/1');
    expect(begun).toMatchObject(told);
    expect(await s3.client.send(new ListPartsCommand({ Bucket, Key: 'a/1', UploadId }))).toMatchObject(told);
    expect((await create('b/1')).AbortDate).toBeUndefined();
    const listed = async () =>
      ((await s3.client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? []).map(({ Key }) => Key);
    await passDays(s3, clock, 1.4);
    expect(await listed()).toEqual(['a/1', 'b/1']);
    await passDays(s3, clock, 0.1);
    expect(await listed()).toEqual(['b/1']);
  });
});
