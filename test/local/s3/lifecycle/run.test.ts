import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { BucketConfiguration } from '../../../../local/s3/configuration.ts';
import type { LifecycleRule } from '../../../../local/s3/lifecycle/rule.ts';
import { movableClock } from '../../../support/clock.ts';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from '../support/server.ts';
import { followClock, passDays } from './days.ts';

const queue = 'arn:aws:sqs:eu-central-1:111122223333:events';

const start = async (rule: Partial<LifecycleRule>, bucket: Partial<BucketConfiguration> = {}) => {
  const clock = movableClock();
  const lifecycle = [{ id: 'a rule', status: 'Enabled', filter: {}, ...rule } as const];
  const s3 = await startTestS3({ clock, buckets: [{ ...versioned, lifecycle, ...bucket }] });
  followClock(s3, clock);
  return { s3, clock };
};

const put = (s3: TestS3, Key: string, Body: string | Buffer = Key) =>
  s3.client.send(new PutObjectCommand({ Bucket, Key, Body }));

const stackOf = async (s3: TestS3) => {
  const { Versions = [], DeleteMarkers = [] } = await s3.client.send(new ListObjectVersionsCommand({ Bucket }));
  return { versions: Versions.map(({ VersionId }) => VersionId), markers: DeleteMarkers };
};

const expire = { expiration: { days: 1 } } as const;

describe('the current version', () => {
  it.each([true, 'suspended', false] as const)('expires as versioning is: %s', async (versioning) => {
    const { s3, clock } = await start(expire, { versioning });
    await using _ = s3;
    const { VersionId = 'null' } = await put(s3, 'k');
    await passDays(s3, clock, 2);
    const { versions, markers } = await stackOf(s3);
    expect(versions).toEqual(versioning === true ? [VersionId] : []);
    expect(markers.map(({ IsLatest, LastModified }) => [IsLatest, LastModified?.toISOString()])).toEqual(
      versioning === false ? [] : [[true, '2026-03-03T00:00:00.000Z']],
    );
    if (versioning === 'suspended') expect(markers).toMatchObject([{ VersionId: 'null' }]);
  });

  it('tells before when it will expire, and by which rule, its name encoded', async () => {
    const { s3 } = await start(expire);
    await using _ = s3;
    const expiration = 'expiry-date="Tue, 03 Mar 2026 00:00:00 GMT", rule-id="a%20rule"';
    expect((await put(s3, 'k')).Expiration).toBe(expiration);
    expect((await s3.client.send(new GetObjectCommand({ Bucket, Key: 'k' }))).Expiration).toBe(expiration);
    expect((await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).Expiration).toBe(expiration);
  });
});

describe('noncurrent versions', () => {
  it('are counted from their successors, and as many are kept as the rule says, over the borders of pages', async () => {
    const noncurrentVersionExpiration = { noncurrentDays: 1, newerNoncurrentVersions: 98 };
    const { s3, clock } = await start({ noncurrentVersionExpiration });
    await using _ = s3;
    const made: (string | undefined)[] = [];
    for (let version = 0; version < 103; version++) made.unshift((await put(s3, 'k')).VersionId);
    await passDays(s3, clock, 0.9);
    expect((await stackOf(s3)).versions).toEqual(made);
    await passDays(s3, clock, 1);
    expect((await stackOf(s3)).versions).toEqual(made.slice(0, 1 + 98));
  });
});

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
    const begin = (Key: string) => s3.client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const told = { AbortDate: new Date('2026-03-03T00:00:00Z'), AbortRuleId: 'a%20rule' };
    const { UploadId, ...begun } = await begin('a/1');
    expect(begun).toMatchObject(told);
    expect(await s3.client.send(new ListPartsCommand({ Bucket, Key: 'a/1', UploadId }))).toMatchObject(told);
    expect((await begin('b/1')).AbortDate).toBeUndefined();
    const listed = async () =>
      ((await s3.client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? []).map(({ Key }) => Key);
    await passDays(s3, clock, 1.4);
    expect(await listed()).toEqual(['a/1', 'b/1']);
    await passDays(s3, clock, 0.1);
    expect(await listed()).toEqual(['b/1']);
  });
});

describe('a run', () => {
  it('comes by itself at the start, for what fell due meanwhile', async () => {
    const { s3, clock } = await start(expire);
    await using _ = s3;
    await put(s3, 'k');
    await s3.stop();
    clock.advance(3 * 24 * 60 * 60 * 1000);
    await s3.restart();
    followClock(s3, clock);
    await expect.poll(async () => (await s3.client.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  });

  it('does nothing by a rule that is disabled', async () => {
    const { s3, clock } = await start({ ...expire, status: 'Disabled' });
    await using _ = s3;
    await put(s3, 'k');
    await passDays(s3, clock, 10);
    expect((await stackOf(s3)).markers).toEqual([]);
  });
});
