import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../../local/cloud.ts';
import type { Rights } from '../../../local/roles/rights.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type MovableClock, shiftedClock } from '../../support/clock.ts';
import { signInAs, type Visit, visit } from '../../support/visit.ts';
import { type RealFiles, writeRealFiles } from './files.ts';

/** The whole system on one machine, a real browser, and files to upload. */
export interface Scene {
  readonly cloud: LocalCloud;
  readonly browser: Browser;
  readonly files: RealFiles;
  /** Of the cloud; the browser has the machine's. */
  readonly clock: MovableClock;
  /** Takes the scanner its rights, or gives them back. */
  letScan(isAllowed: boolean): void;
}

/** The rights of the template, with a switch for those of the scanner. */
function switchedRights() {
  let isAllowed = true;
  const rights = (planned: Rights): Rights => ({
    ...planned,
    roles: planned.roles.map((role) =>
      isAllowed || !role.name.endsWith('-malware-scanner') ? role : { ...role, policies: [] },
    ),
  });
  const letScan: Scene['letScan'] = (may) => {
    isAllowed = may;
  };
  return { rights, letScan };
}

/** One scene for all journeys of a file: starting the cloud is what takes long. Call it at the top of the file. */
export function sceneOfFile(): () => Scene {
  const cleanup = new AsyncDisposableStack();
  let scene: Scene | undefined;
  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sealdrop-e2e-'));
    cleanup.defer(() => rm(directory, { recursive: true }));
    const browser = await launchBrowser();
    cleanup.defer(() => browser.close());
    const clock = shiftedClock();
    const { rights, letScan } = switchedRights();
    const cloud = await startLocalCloud({ port: 0, dataDirectory: join(directory, 'data'), clock, rights });
    cleanup.defer(() => cloud.close());
    scene = { cloud, browser, files: await writeRealFiles(directory), clock, letScan };
  }, 120_000);
  afterAll(() => cleanup.disposeAsync());
  return () => {
    if (scene === undefined) throw new Error('The scene is there inside of tests only.');
    return scene;
  };
}

/** A person in a browser of their own; afterwards nothing may have gone against the page's policy. */
export async function withPerson(
  { browser, cloud }: Scene,
  displayName: string,
  run: (person: Visit) => Promise<void>,
): Promise<void> {
  await using person = await visit(browser, `${cloud.origin}/`);
  await signInAs(person.page, displayName);
  await run(person);
  expect(person.faults).toEqual([]);
}
