import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { buildPage, exampleDirectories } from '../../../../local/page/build.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { type MovableClock, shiftedClock } from '../../../support/clock.ts';
import { startTestCloud, type TestCloud } from '../../../support/cloud.ts';
import { type Visit, visit } from '../../../support/visit.ts';

/** The local cloud with all examples as its pages, and a browser. */
export interface Scene {
  /** For files. */
  readonly directory: string;
  readonly cloud: TestCloud;
  readonly browser: Browser;
  /** Of the cloud; the browser has the machine's. */
  readonly clock: MovableClock;
  /** Of the control surface of S3, for faults. */
  readonly control: string;
}

export function sceneOfFile(): () => Scene {
  const cleanup = new AsyncDisposableStack();
  let scene: Scene | undefined;
  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sealdrop-uppy-'));
    cleanup.defer(() => rm(directory, { recursive: true }));
    const pageDirectory = join(directory, 'page');
    await Promise.all([...exampleDirectories].map(([name, source]) => buildPage(join(pageDirectory, name), source)));
    const clock = shiftedClock();
    const cloud = await startTestCloud({ pageDirectory, control: { port: 0 }, clock });
    cleanup.defer(() => cloud.close());
    const browser = await launchBrowser();
    cleanup.defer(() => browser.close());
    scene = { directory, cloud, browser, clock, control: cloud.s3ControlOrigin ?? '' };
  }, 120_000);
  afterAll(() => cleanup.disposeAsync());
  return () => {
    if (scene === undefined) throw new Error('The scene is there inside of tests only.');
    return scene;
  };
}

/** Opens a page of the examples; afterwards nothing may have gone against its policy. */
export async function onPage(scene: Scene, path: string, run: (visit: Visit) => Promise<void>): Promise<void> {
  await using visited = await visit(scene.browser, `${scene.cloud.origin}/${path}`);
  await run(visited);
  expect(visited.faults).toEqual([]);
}
