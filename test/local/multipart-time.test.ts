import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf, problemOf } from '../support/api.ts';
import { shiftedClock } from '../support/clock.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';
import { countUploads, countVersions } from '../support/object-versions.ts';
import { compositeOf, putPart, uploaderOf } from '../support/parts.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const clock = shiftedClock();
let cloud: TestCloud;
let patient: Api;
const uploader = uploaderOf(() => patient);

beforeAll(async () => {
  cloud = await startTestCloud({ clock });
  patient = await apiOf(cloud, 'patient-north');
}, 120_000);
afterAll(() => cloud.close());

/** Goes ahead, does what is due by then, and signs in again: tokens are good for an hour. */
const passTime = async (milliseconds: number): Promise<void> => {
  clock.advance(milliseconds);
  cloud.wake();
  await cloud.settled();
  patient = await apiOf(cloud, 'patient-north');
};

describe('an upload in parts that takes its time', () => {
  it('goes on by new links, of the same upload, when those it had are over (F11)', async () => {
    const { content, id, parts } = await uploader.sent(2, 3);
    const late = parts.slice(1);
    const named = late.map(({ partNumber, checksum }) => ({ partNumber, checksum }));
    const old = await uploader.links(id, named);
    await passTime(6 * minuteMs);
    for (const [index, part] of late.entries()) {
      const { status, text } = await putPart(old, index, part);
      expect([status, text]).toEqual([403, expect.stringContaining('Request has expired')]);
    }
    await passTime(20 * hourMs);
    await uploader.send(id, late);
    await uploader.completed(id, compositeOf(parts));

    expect(await patient.settle(id)).toMatchObject({ state: 'available', sizeBytes: content.length });
    expect(content.equals(await patient.download(id))).toBe(true);
  });

  it('signs nothing any more when its day is over, and completes what is there until it is settled', async () => {
    const { id, parts } = await uploader.sent();
    await passTime(24 * hourMs);
    const named = [{ partNumber: 1, checksum: parts[0]?.checksum ?? '' }];
    expect(problemOf(await uploader.askForLinks(id, named)).type).toMatch(/upload-ended$/);
    await uploader.completed(id, compositeOf(parts));
    expect(await patient.settle(id)).toMatchObject({ state: 'available' });
  });
});

describe('an upload in parts of which nothing comes', () => {
  it('is over a quarter of an hour after it was given up, and takes no room before that at S3', async () => {
    const { id } = await uploader.sent(3);
    await uploader.abort(id);
    expect(await countUploads(cloud, clock, id)).toBe(0);
    await passTime(14 * minuteMs);
    expect(await patient.get(id)).toMatchObject({ state: 'pending' });
    await passTime(10 * minuteMs);
    expect(await patient.get(id)).toMatchObject({ state: 'expired' });
  });

  it('is ended by the sweeper where it was never completed, and S3 holds no part of it (F12)', async () => {
    const { id, parts } = await uploader.sent();
    await passTime(25 * hourMs);
    expect(await patient.get(id)).toMatchObject({ state: 'pending' });
    await passTime(hourMs);

    expect(await patient.get(id)).toMatchObject({ state: 'expired' });
    expect(await countUploads(cloud, clock, id)).toBe(0);
    expect(await countVersions(cloud, clock, id)).toBe(0);
    const answer = await uploader.complete(id, { checksum: compositeOf(parts) });
    expect(problemOf(answer).type).toMatch(/upload-ended$/);
  });
});
