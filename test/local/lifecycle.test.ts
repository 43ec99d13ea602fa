import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { DomainEvent } from '../../contract/events.ts';
import { History } from '../../contract/schemas/history.ts';
import { type Api, apiOf } from '../support/api.ts';
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
  cloud = await startTestCloud({ clock, control: { port: 0 } });
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

const Envelope = z.object({ source: z.string(), 'detail-type': z.string(), detail: DomainEvent });

/** What the bus was told of a document, one `document.STATE` for each event. */
const toldOf = (documentId: string): readonly string[] => {
  const file = join(cloud.dataDirectory, 'logs', 'events.log');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return lines
    .map((line) => z.parse(Envelope, JSON.parse(line)))
    .flatMap(({ 'detail-type': type, detail }) => (detail.documentId === documentId ? [type] : []));
};

const historyOf = async (documentId: string) =>
  z.parse(History, JSON.parse((await patient.call(`/v1/documents/${documentId}/history`)).text)).entries;

const statesOf = async (documentId: string) =>
  (await historyOf(documentId)).flatMap((entry) => (entry.kind === 'change' ? [entry.to] : []));

/** Whether the verdict or the event of S3 comes first is chance: only the latter waits for the former. */
const withoutScan = (states: readonly string[]) => states.filter((state) => state !== 'scanning');

const ask = async (method: string, path: string) => JSON.parse((await patient.call(path, { method })).text);

describe('a document', () => {
  it('that was uploaded is available, and the bus is told of every change once', async () => {
    const { id } = await patient.upload(await makePdf());
    await vi.waitUntil(() => toldOf(id).includes('document.available'), { timeout: 10_000, interval: 10 });
    const states = await statesOf(id);

    expect(withoutScan(states)).toEqual(['pending', 'available']);
    expect(toldOf(id)).toEqual(states.slice(1).map((state) => `document.${state}`));
  }, 30_000);

  it('whose event of S3 is lost is settled by the sweeper, when no upload can be under way any more', async () => {
    const content = await makePdf();
    const { document, upload } = await patient.declare(content);
    const faults = `${cloud.s3ControlOrigin}/_control/faults`;
    const headers = { 'content-type': 'application/json' };
    const drop = JSON.stringify({ kind: 'drop-events', count: 2 });
    expect((await fetch(faults, { method: 'POST', headers, body: drop })).status).toBe(201);
    expect((await patient.put({ document, upload }, content)).status).toBe(200);

    await passTime(hourMs);
    expect(await patient.get(document.id)).toMatchObject({ state: 'pending' });
    await passTime(hourMs);
    // The sweeper asks for a scan; its result comes over the default bus.
    expect(await patient.settle(document.id)).toMatchObject({ state: 'available' });
    expect(withoutScan(await statesOf(document.id))).toEqual(['pending', 'available']);
    expect((await historyOf(document.id))[1]).toMatchObject({ cause: 'sweep', by: 'sweep' });
    expect(Buffer.from(await patient.download(document.id)).equals(content)).toBe(true);
  }, 60_000);

  it('that is deleted can be restored, and after 90 days is gone with all its versions, but for its history', async () => {
    const { id } = await patient.upload(await makePdf());
    expect(await ask('DELETE', `/v1/documents/${id}`)).toMatchObject({ state: 'deleted' });
    expect((await patient.call(`/v1/documents/${id}/download`)).status).toBe(409);
    expect(await ask('POST', `/v1/documents/${id}/restore`)).toMatchObject({ state: 'available' });
    await patient.download(id);
    expect(await ask('DELETE', `/v1/documents/${id}`)).toMatchObject({ state: 'deleted' });

    await passTime(89 * dayMs);
    expect([await patient.get(id), await countVersions(cloud, clock, id)]).toMatchObject([{ state: 'deleted' }, 1]);
    await passTime(dayMs + hourMs);
    expect([await patient.get(id), await countVersions(cloud, clock, id)]).toMatchObject([{ state: 'purged' }, 0]);
    const states = await statesOf(id);
    expect(withoutScan(states)).toEqual([
      'pending',
      'available',
      'deleted',
      'available',
      'deleted',
      'purging',
      'purged',
    ]);
    expect((await historyOf(id)).filter(({ kind }) => kind === 'download-issued')).toHaveLength(1);
    // At least once: what died between telling and noting that it told would tell again.
    expect([...new Set(toldOf(id))].sort()).toEqual([...new Set(states.slice(1))].map((to) => `document.${to}`).sort());
  }, 60_000);

  it('that never came expires', async () => {
    const { document } = await patient.declare(await makePdf());
    await passTime(2 * hourMs);

    expect(await patient.get(document.id)).toMatchObject({ state: 'expired' });
    expect(toldOf(document.id)).toEqual(['document.expired']);
  }, 30_000);
});
