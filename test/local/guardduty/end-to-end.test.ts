import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { rejectionDetails } from '../../../contract/rejections.ts';
import { History } from '../../../contract/schemas/history.ts';
import type { RejectionReason } from '../../../contract/states.ts';
import { eicar } from '../../../local/guardduty/eicar.ts';
import type { Rights } from '../../../local/roles/rights.ts';
import { type Api, apiOf, problemOf } from '../../support/api.ts';
import { shiftedClock } from '../../support/clock.ts';
import { startTestCloud, type TestCloud } from '../../support/cloud.ts';
import { infectedPdf, infectedPng, makePdf } from '../../support/scanned-files.ts';
import { functionOf, readAs } from './support/read-as.ts';

const clock = shiftedClock();
let mayScan = true;
const rights = (planned: Rights): Rights => ({
  ...planned,
  roles: planned.roles.map((role) =>
    mayScan || !role.name.endsWith('-malware-scanner') ? role : { ...role, policies: [] },
  ),
});
let cloud: TestCloud;
let patient: Api;

beforeAll(async () => {
  cloud = await startTestCloud({ clock, rights });
  patient = await apiOf(cloud, 'patient-north');
}, 120_000);
afterAll(async () => cloud.close());

const changesOf = async (id: string): Promise<readonly string[]> => {
  const { entries } = z.parse(History, JSON.parse((await patient.call(`/v1/documents/${id}/history`)).text));
  return entries.flatMap((entry) => (entry.kind === 'change' ? [entry.to] : []));
};

const arrive = async (content: Uint8Array, fileName?: string, mediaType?: string) => {
  const instruction = await patient.declare(content, fileName, mediaType);
  const { status, headers } = await patient.put(instruction, content);
  expect(status).toBe(200);
  const { pathname } = new URL(instruction.upload.url);
  return { id: instruction.document.id, path: pathname, versionId: headers.get('x-amz-version-id') ?? '' };
};

/** Whether the event of the scan has come and opened nothing. */
const isAnswered = (id: string): boolean => {
  const file = join(cloud.dataDirectory, 'logs', `${functionOf(cloud.template, 'apply-scan-result').ref}.log`);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return lines.some((line) => line.includes(id) && line.includes('ACCESS_DENIED'));
};

describe('an upload', { timeout: 40_000 }, () => {
  it('that is clean is scanned, and then available', async () => {
    const arrived = await arrive(await makePdf());
    expect(await patient.settle(arrived.id)).toMatchObject({ state: 'available' });
    const changes = (await changesOf(arrived.id)).join();
    // A scan of a small file may end before the upload was looked at: then its verdict is there already.
    expect(['pending,scanning,available', 'pending,available']).toContain(changes);
    expect((await readAs(cloud, 'issue-download', arrived)).status).toBe(200);
  });

  it.each<[what: string, make: () => Uint8Array | Promise<Uint8Array>, RejectionReason, name?: string, type?: string]>([
    ['that holds malware in a real PDF', infectedPdf, 'malware-found'],
    ['that holds malware in the comment of a PNG', infectedPng, 'malware-found', 'x-ray.png', 'image/png'],
    ['that is malware with the name of a PDF', () => eicar, 'media-type-mismatch'],
    ['that needs a password', () => makePdf({ encrypted: true }), 'not-scannable'],
  ])('%s is refused with a reason, and nobody reads it', async (_, make, reason, name, type) => {
    const arrived = await arrive(await make(), name, type);
    const document = await patient.settle(arrived.id);
    expect(document).toMatchObject({ state: 'rejected', rejection: { reason, detail: rejectionDetails[reason] } });

    const answer = await patient.call(`/v1/documents/${arrived.id}/download`);
    expect(problemOf(answer)).toMatchObject({ status: 409, state: 'rejected' });
    const { status, text } = await readAs(cloud, 'issue-download', arrived);
    expect([status, /<Code>(.*)<\/Code>/.exec(text)?.[1]]).toEqual([403, 'AccessDenied']);
  });
});

it('what GuardDuty may not read stays closed, and is scanned again by the sweeper', { timeout: 40_000 }, async () => {
  mayScan = false;
  const arrived = await arrive(await makePdf());
  await vi.waitUntil(async () => (await patient.get(arrived.id)).state === 'scanning', { timeout: 10_000 });
  await vi.waitUntil(() => isAnswered(arrived.id), { timeout: 10_000 });
  expect((await patient.get(arrived.id)).state).toBe('scanning');
  expect((await readAs(cloud, 'issue-download', arrived)).status).toBe(403);

  mayScan = true;
  // Longer than a verdict may take (lambdas/domain/due.ts), and then the next sweep.
  clock.advance(10 * 60_000);
  cloud.wake();
  await vi.waitUntil(async () => (await patient.get(arrived.id)).state === 'available', { timeout: 20_000 });
  expect(await changesOf(arrived.id)).toEqual(['pending', 'scanning', 'available']);
});
