import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Rights } from '../../../local/roles/rights.ts';
import { type Api, apiOf } from '../../support/api.ts';
import { shiftedClock } from '../../support/clock.ts';
import { startTestCloud, type TestCloud } from '../../support/cloud.ts';
import { removeVersion } from '../../support/object-versions.ts';
import { uploaderOf } from '../../support/parts.ts';
import { makePdf } from '../../support/scanned-files.ts';
import { leaveUploadBehind } from './support/journey-in-parts.ts';
import { type Arrived, placeOf, sendScan } from './support/messages.ts';
import { type Right, rightsOf, rightsWithout } from './support/rights.ts';

const hourMs = 3_600_000;
const clock = shiftedClock();

/** Rights that are not taken away here, and why. */
const unused: readonly (readonly [right: RegExp, why: string])[] = [
  [/ logs:/, 'the logs of functions are files in the data folder, which Lambda here writes under no role'],
];

let without: Right | undefined;
let cloud: TestCloud;
let patient: Api;

beforeAll(async () => {
  const rights = (planned: Rights) =>
    without === undefined ? planned : rightsWithout(planned, cloud.template, without);
  cloud = await startTestCloud({ clock, control: { port: 0 }, rights });
  patient = await apiOf(cloud, 'patient-north');
}, 120_000);
afterAll(() => cloud.close());

const faults = (): readonly string[] => {
  const file = join(cloud.dataDirectory, 'logs', 'local-cloud.log');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
};

const passTime = async (milliseconds: number): Promise<void> => {
  clock.advance(milliseconds);
  cloud.wake();
  await cloud.settled();
  patient = await apiOf(cloud, 'patient-north');
};

const arrive = async (content: Uint8Array): Promise<Arrived> => {
  const instruction = await patient.declare(content);
  const { headers } = await patient.put(instruction, content);
  return { ...placeOf(instruction), versionId: headers.get('x-amz-version-id') ?? '' };
};

const arriveSafely = async (): Promise<Arrived> => {
  const arrived = await arrive(await makePdf());
  expect(await patient.settle(arrived.id)).toMatchObject({ state: 'available' });
  return arrived;
};

/** Undone by `hearEvents`. */
const dropEvents = () =>
  fetch(`${cloud.s3ControlOrigin}/_control/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'drop-events', count: 1000 }),
  });
const hearEvents = () => fetch(`${cloud.s3ControlOrigin}/_control/faults`, { method: 'DELETE' });

/** An object that is gone behind everybody's back. */
const vanish = async (): Promise<Arrived> => {
  const gone = await arriveSafely();
  await removeVersion(cloud, clock, gone);
  return gone;
};

/** What the functions are for, as far as they come without the right. */
const work: Readonly<Record<string, (begin: () => void) => Promise<void>>> = {
  'apply-scan-result': async (begin) => {
    const [condemned, gone] = [await arriveSafely(), await vanish()];
    begin();
    // What is told twice finds in the history what was told before.
    for (const verdict of ['THREATS_FOUND', 'THREATS_FOUND']) sendScan(cloud, condemned, verdict);
    sendScan(cloud, gone, 'NO_THREATS_FOUND');
  },
  sweep: async (begin) => {
    const deleted = await arriveSafely();
    await vanish();
    await patient.call(`/v1/documents/${deleted.id}`, { method: 'DELETE' });
    const { instruction, content } = await uploaderOf(() => patient).declared();
    await leaveUploadBehind({ cloud, api: () => patient, at: () => undefined }, instruction, content);
    await dropEvents();
    await arrive(await makePdf());
    await arrive(randomBytes(500));
    begin();
    await passTime(2 * hourMs);
    await passTime(91 * 24 * hourMs);
    await hearEvents();
  },
};

const functionOf = ({ roleName }: Right): string => roleName.replace(/^sealdrop-local-/, '');

const denialOf = ({ roleName, action, resources }: Right) => {
  const said = new RegExp(`:assumed-role/${roleName}/.* is not authorized to perform: ${action} on resource: `, 'i');
  return (line: string): boolean =>
    line.includes('AccessDenied') &&
    said.test(line) &&
    resources.some((resource) => line.includes(resource.replace(/\*$/, '')));
};

describe.each(Object.keys(work))('%s', (functionName) => {
  it('misses every right that it has by name', { timeout: 240_000 }, async () => {
    const rights = new Map(
      rightsOf(cloud.template)
        .filter((right) => functionOf(right) === functionName)
        .filter(({ action }) => !unused.some(([excused]) => excused.test(`${functionName} ${action}`)))
        .map((right) => [right.action, right]),
    );
    expect(rights.size).toBeGreaterThan(5);
    for (const right of rights.values()) {
      const before = faults().length;
      await work[functionName]?.(() => {
        without = right;
      });
      const isMissed = () => faults().slice(before).some(denialOf(right));
      await vi.waitFor(() => expect([right.action, isMissed()]).toEqual([right.action, true]), { timeout: 10_000 });
      without = undefined;
      // What was left undone is done by then, and does not stand in the way of the next.
      await passTime(hourMs);
      await passTime(hourMs);
    }
  });
});
