import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { History } from '../../contract/schemas/history.ts';
import { type Api, apiOf, problemOf, SendableUpload } from '../support/api.ts';
import { shiftedClock } from '../support/clock.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';
import { countVersions } from '../support/object-versions.ts';
import { makePdf } from '../support/scanned-files.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const clock = shiftedClock();
let cloud: TestCloud;
let patient: Api;

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

const declare = (content: Uint8Array, retentionClass?: string) =>
  patient.call('/v1/documents', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      fileName: 'report.pdf',
      mediaType: 'application/pdf',
      sizeBytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      retentionClass,
    }),
  });

const upload = async (retentionClass?: string) => {
  const content = await makePdf();
  const instruction = z.parse(SendableUpload, JSON.parse((await declare(content, retentionClass)).text));
  expect((await patient.put(instruction, content)).status).toBe(200);
  return patient.settle(instruction.document.id);
};

const afterDays = (time: string, days: number) => new Date(Date.parse(time) + days * dayMs).toISOString();

describe('a document with a retention class', () => {
  it('is shown with it, and PATCH cannot change it', async () => {
    const { id, createdAt } = await upload('hand-over');
    const document = await patient.get(id);
    expect(document).toMatchObject({ retentionClass: 'hand-over', retainUntil: afterDays(createdAt, 1) });
    const patch = await patient.call(`/v1/documents/${id}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json', 'If-Match': '*' },
      body: JSON.stringify({ retentionClass: 'permanent' }),
    });
    expect(patch.status).toBe(422);
  }, 60_000);

  it('that the profile does not have is refused by its field', async () => {
    const { status, errors } = problemOf(await declare(await makePdf(), 'for-ever'));
    expect(status).toBe(422);
    expect(errors).toEqual([
      { pointer: '/retentionClass', detail: 'Choose one of hand-over, quarter, ten-years, permanent.' },
    ]);
  }, 60_000);

  it('of one day is gone with its versions after it, and its history says why; others stay', async () => {
    const [kept, permanent, shortLived] = [await upload(), await upload('permanent'), await upload('hand-over')];
    expect(permanent.retainUntil).toBe(afterDays(permanent.createdAt, 36_500));
    expect(kept).not.toHaveProperty('retainUntil');
    await passTime(dayMs - hourMs);
    expect(await patient.get(shortLived.id)).toMatchObject({ state: 'available' });
    expect(await countVersions(cloud, clock, shortLived.id)).toBe(1);

    await passTime(2 * hourMs);
    expect(await patient.get(shortLived.id)).toMatchObject({ state: 'purged', retentionClass: 'hand-over' });
    expect(await countVersions(cloud, clock, shortLived.id)).toBe(0);
    const { entries } = z.parse(
      History,
      JSON.parse((await patient.call(`/v1/documents/${shortLived.id}/history`)).text),
    );
    expect(entries.at(-2)).toMatchObject({ from: 'available', to: 'purging', cause: 'sweep', by: 'sweep' });
    for (const { id } of [kept, permanent]) {
      expect(await patient.get(id)).toMatchObject({ state: 'available' });
      expect(await countVersions(cloud, clock, id)).toBe(1);
    }

    await passTime(36_000 * dayMs);
    expect(await patient.get(permanent.id)).toMatchObject({ state: 'available' });
    expect(await countVersions(cloud, clock, permanent.id)).toBe(1);
    await passTime(500 * dayMs);
    expect(await patient.get(permanent.id)).toMatchObject({ state: 'purged' });
    expect(await patient.get(kept.id)).toMatchObject({ state: 'available' });
  }, 120_000);
});
