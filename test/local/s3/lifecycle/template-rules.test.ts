import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ListObjectsV2Command, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { objectStates, objectStateTagKey } from '../../../../contract/states.ts';
import { synthesize } from '../../../lib/support/synthesize.ts';
import { movableClock } from '../../../support/clock.ts';
import { begin, sendPart } from '../support/multipart.ts';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from '../support/server.ts';
import { followClock, passDays } from './days.ts';
import { rulesOf } from './template.ts';

const keysOf = async (s3: TestS3): Promise<readonly string[]> =>
  ((await s3.client.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key = '' }) => Key);

const put = (s3: TestS3, state: string, key = state) =>
  s3.client.send(
    new PutObjectCommand({ Bucket, Key: key, Body: Buffer.alloc(200_000), Tagging: `${objectStateTagKey}=${state}` }),
  );

it.each(synthesize())(
  'the rules of $environment.name remove what is left over, and nothing else',
  async (app) => {
    const { incomingDays, rejectedDays, noncurrentDays } = app.environment.profile.retention;
    const clock = movableClock();
    const lifecycle = rulesOf(app.data);
    await using s3 = await startTestS3({ clock, buckets: [{ ...versioned, lifecycle }] });
    followClock(s3, clock);
    for (const state of objectStates) await put(s3, state);
    await put(s3, 'available', 'replaced');
    await put(s3, 'available', 'replaced');
    const upload = await begin(s3, { Key: 'upload' });
    await sendPart(s3, upload, 1, 'left over');

    // What was deleted is the sweeper's to remove, and no rule's (docs/adr/024).
    const daysOf = { incoming: incomingDays, rejected: rejectedDays };
    const longest = Math.max(...Object.values(daysOf), noncurrentDays);
    // It is noon: what is due after n days goes in the night before the noon of day n + 1.
    for (let day = 1; day <= longest + 3; day++) {
      await passDays(s3, clock, 1);
      const left = Object.entries(daysOf).flatMap(([state, days]) => (day <= days ? [state] : []));
      expect(await keysOf(s3), `on day ${day}`).toEqual(['available', 'deleted', 'replaced', ...left].toSorted());
    }

    const { Versions = [], DeleteMarkers = [] } = await s3.client.send(new ListObjectVersionsCommand({ Bucket }));
    expect([...Versions, ...DeleteMarkers].map(({ Key, IsLatest }) => [Key, IsLatest])).toEqual([
      ['available', true],
      ['deleted', true],
      ['replaced', true],
    ]);
    expect(await readdir(join(s3.dataDirectory, 'objects'))).toHaveLength(3);
  },
  60_000,
);
