import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { begin, complete, sendPart } from '../support/multipart.ts';
import { bucketName as Bucket } from '../support/server.ts';
import { dayMs, followClock, passDays, put, stackOf, start } from './days.ts';

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
    const copy = { Bucket, Key: 'copy', CopySource: `${Bucket}/k` };
    expect((await s3.client.send(new CopyObjectCommand(copy))).Expiration).toBe(expiration);
    const upload = await begin(s3, { Key: 'parts' });
    await sendPart(s3, upload, 1, 'part');
    expect((await complete(s3, upload)).Expiration).toBe(expiration);
  });
});

describe('noncurrent versions', () => {
  it('are counted from when their successors were made, however old they are', async () => {
    const { s3, clock } = await start({ noncurrentVersionExpiration: { noncurrentDays: 1 } });
    await using _ = s3;
    const first = await put(s3, 'k');
    await passDays(s3, clock, 5);
    const second = await put(s3, 'k');
    await passDays(s3, clock, 1);
    expect((await stackOf(s3)).versions).toEqual([second.VersionId, first.VersionId]);
    await passDays(s3, clock, 1);
    expect((await stackOf(s3)).versions).toEqual([second.VersionId]);
  });

  it('are kept as many as the rule says, over the borders of pages', async () => {
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

describe('a run', () => {
  it('comes by itself at the start, for what fell due meanwhile', async () => {
    const { s3, clock } = await start(expire);
    await using _ = s3;
    await put(s3, 'k');
    await s3.stop();
    clock.advance(3 * dayMs);
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
