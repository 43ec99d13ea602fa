import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Api, apiOf } from '../../support/api.ts';
import { shiftedClock } from '../../support/clock.ts';
import { startTestCloud, type TestCloud } from '../../support/cloud.ts';
import { jsonBody } from '../../support/parts.ts';
import { companionOf } from './support/companion.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const clock = shiftedClock();
let cloud: TestCloud;
let patient: Api;

beforeAll(async () => {
  cloud = await startTestCloud({ clock, control: { port: 0 } });
  patient = await apiOf(cloud, 'patient-north');
}, 120_000);
afterAll(() => cloud.close());

const aPdf = (sizeBytes: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(sizeBytes - 9)]);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const passTime = async (milliseconds: number): Promise<void> => {
  clock.advance(milliseconds);
  cloud.wake();
  await cloud.settled();
  patient = await apiOf(cloud, 'patient-north');
};

it('a form that was used twice takes nothing from what came first, though nobody hears of the second time', async () => {
  const companion = companionOf(cloud.origin, { authorization: `Bearer ${patient.token}` });
  const content = aPdf(500);
  const form = await companion.form('letter.pdf', 'application/pdf');
  const id = form.fields.key?.split('/').at(-1) ?? '';
  expect((await companion.send(form, content)).status).toBe(201);
  expect(await patient.settle(id)).toMatchObject({ state: 'available' });

  await fetch(`${cloud.s3ControlOrigin}/_control/faults`, jsonBody('POST', { kind: 'drop-events', count: 10 }));
  expect((await companion.send(form, aPdf(600))).status).toBe(201);
  await passTime(2 * hourMs);
  // Long enough for the bucket's rules to remove what is not the newest version of its key.
  for (const _time of [1, 2, 3, 4]) {
    await passTime(60 * dayMs);
    await cloud.runLifecycle();
  }

  expect(await patient.get(id)).toMatchObject({ state: 'available', sizeBytes: 500 });
  expect(sha256(await patient.download(id))).toBe(sha256(content));
}, 60_000);
