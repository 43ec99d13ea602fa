import { ListObjectsV2Command, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import type { Profile } from '../../../../contract/profile.ts';
import { objectStateTagKey, retentionTagKey } from '../../../../contract/states.ts';
import { environments } from '../../../../lib/environments.ts';
import { synthesize } from '../../../lib/support/synthesize.ts';
import { movableClock } from '../../../support/clock.ts';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from '../support/server.ts';
import { followClock, passDays } from './days.ts';
import { rulesOf } from './template.ts';

const noncurrentDays = 20;

const retention: Profile['retention'] = {
  incomingDays: 2,
  rejectedDays: 30,
  deletedDays: 90,
  noncurrentDays,
  classes: {
    short: { days: 1 },
    long: {
      days: 100,
      transitions: [
        { storageClass: 'STANDARD_IA', days: 30 },
        { storageClass: 'INTELLIGENT_TIERING', days: 60 },
        { storageClass: 'GLACIER_IR', days: 61 },
      ],
    },
    ages: { days: 36_500, transitions: [{ storageClass: 'INTELLIGENT_TIERING', days: 1 }] },
  },
};

const [dev] = environments;
if (dev === undefined) throw new Error('There is no environment.');
const [app] = synthesize([{ ...dev, profile: { ...dev.profile, retention } }]);
if (app === undefined) throw new Error('Nothing was synthesized.');

const kibibyte = 1024;

const put = (s3: TestS3, key: string, name: string | undefined, sizeBytes: number) =>
  s3.client.send(
    new PutObjectCommand({
      Bucket,
      Key: key,
      Body: Buffer.alloc(sizeBytes),
      Tagging: `${objectStateTagKey}=available${name === undefined ? '' : `&${retentionTagKey}=${name}`}`,
    }),
  );

const start = async () => {
  const clock = movableClock();
  const s3 = await startTestS3({ clock, buckets: [{ ...versioned, lifecycle: rulesOf(app.data) }] });
  followClock(s3, clock);
  for (const name of ['short', 'long', 'ages', undefined]) await put(s3, `${name ?? 'none'}`, name, 128 * kibibyte);
  await put(s3, 'long, small', 'long', 128 * kibibyte - 1);
  return {
    s3,
    pass: (days: number) => passDays(s3, clock, days),
    [Symbol.asyncDispose]: () => s3[Symbol.asyncDispose](),
  };
};

const current = async (s3: TestS3): Promise<Readonly<Record<string, string>>> => {
  const { Contents = [] } = await s3.client.send(new ListObjectsV2Command({ Bucket }));
  return Object.fromEntries(Contents.map(({ Key = '', StorageClass = '' }) => [Key, StorageClass]));
};

const versions = async (s3: TestS3): Promise<readonly string[]> => {
  const { Versions = [], DeleteMarkers = [] } = await s3.client.send(new ListObjectVersionsCommand({ Bucket }));
  return [...Versions.map(({ Key }) => `${Key}`), ...DeleteMarkers.map(({ Key }) => `${Key} (marker)`)].sort();
};

/** It is noon: what is due after n days goes in the night before the noon of day n + 1. */
it('the rules of the template move and remove by retention class, each on its day, and nothing else', async () => {
  await using world = await start();
  const { s3, pass } = world;
  const daysOf = { short: 1 + 7, long: 100 + 7 };
  const classOf = (day: number) => {
    if (day > 61) return 'GLACIER_IR';
    if (day > 60) return 'INTELLIGENT_TIERING';
    return day > 30 ? 'STANDARD_IA' : 'STANDARD';
  };
  for (let day = 1; day <= daysOf.long + 2; day++) {
    await pass(1);
    expect(await current(s3), `on day ${day}`).toEqual({
      ...(day <= daysOf.short && { short: 'STANDARD' }),
      ...(day <= daysOf.long && { long: classOf(day), 'long, small': 'STANDARD' }),
      ages: day > 1 ? 'INTELLIGENT_TIERING' : 'STANDARD',
      none: 'STANDARD',
    });
  }
}, 60_000);

it('what the rules removed can be had back for the days of noncurrent versions, and then is gone', async () => {
  await using world = await start();
  const { s3, pass } = world;
  const others = ['ages', 'long', 'long, small', 'none'];
  await pass(9);
  expect(await versions(s3)).toEqual([...others, 'short', 'short (marker)'].sort());
  await pass(noncurrentDays - 1);
  expect(await versions(s3)).toEqual([...others, 'short', 'short (marker)'].sort());
  await pass(1);
  await pass(1);
  expect(await versions(s3)).toEqual(others.sort());
}, 60_000);

it('a hundred years are a hundred years', async () => {
  await using world = await start();
  const { s3, pass } = world;
  await pass(36_500 + 7);
  expect(await current(s3)).toEqual({ ages: 'INTELLIGENT_TIERING', none: 'STANDARD' });
  await pass(1);
  expect(await current(s3)).toEqual({ none: 'STANDARD' });
}, 60_000);
