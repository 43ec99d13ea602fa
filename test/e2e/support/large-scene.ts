import { link, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { startChromium } from '../../../bench/upload/chromium/chromium.ts';
import type { BrowserDevTools } from '../../../bench/upload/chromium/devtools.ts';
import type { Document } from '../../../contract/schemas/document.ts';
import { buildPage } from '../../../local/page/build.ts';
import { apiOf } from '../../support/api.ts';
import { type MovableClock, shiftedClock } from '../../support/clock.ts';
import { startTestCloud, type TestCloud } from '../../support/cloud.ts';
import { countUploads, countVersions } from '../../support/object-versions.ts';
import { type LargeFile, writeLargeFile } from './large-file.ts';
import { openTab, type Tab, type TabOptions } from './tab.ts';

const MiB = 1024 ** 2;

/** The whole system, a browser, and files that go up in parts. */
export interface LargeScene {
  /** Another one after it was restarted. */
  cloud: TestCloud;
  readonly clock: MovableClock;
  readonly browser: BrowserDevTools;
  readonly folder: string;
  /** 300 MiB, 38 parts. */
  readonly large: LargeFile;
  /** 40 MiB, 5 parts. */
  readonly small: LargeFile;
}

/** One scene for all tests of a file. Call it at the top of the file. */
export function largeSceneOfFile(): () => LargeScene {
  const cleanup = new AsyncDisposableStack();
  let scene: LargeScene | undefined;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sealdrop-large-'));
    cleanup.defer(() => rm(folder, { recursive: true, maxRetries: 5 }));
    const clock = shiftedClock();
    const pageDirectory = join(folder, 'page');
    const [large, small, chromium] = await Promise.all([
      writeLargeFile(join(folder, 'large.pdf'), 300 * MiB),
      writeLargeFile(join(folder, 'small.pdf'), 40 * MiB),
      startChromium(join(folder, 'profile')),
      buildPage(pageDirectory),
    ]);
    cleanup.defer(() => chromium.close());
    const cloud = await startTestCloud({ clock, pageDirectory });
    const made: LargeScene = { cloud, clock, browser: chromium.devTools, folder, large, small };
    cleanup.defer(() => made.cloud.close());
    scene = made;
  }, 180_000);
  afterAll(() => cleanup.disposeAsync(), 60_000);
  return () => {
    if (scene === undefined) throw new Error('The scene is there inside of tests only.');
    return scene;
  };
}

/** Every upload of these tests is Nora's, told apart by its name. */
export const signIn = async (tab: Tab): Promise<void> => {
  await tab.press('Sign in');
  await tab.press('Nora Lindqvist');
  await tab.until(`document.querySelector('input[type=file]')`);
};

/** The page with Nora signed in. */
export async function openAsNora(
  { cloud, browser }: LargeScene,
  options?: TabOptions,
  inBrowser: BrowserDevTools = browser,
): Promise<Tab> {
  const tab = await openTab(inBrowser, `${cloud.origin}/`, options);
  await signIn(tab);
  return tab;
}

/** The same bytes under a name of its own. */
export async function named(file: LargeFile, name: string): Promise<LargeFile> {
  const path = join(file.path, '..', name);
  await link(file.path, path);
  return { ...file, path };
}

export const documentsNamed = async ({ cloud }: LargeScene, name: string): Promise<readonly Document[]> => {
  const api = await apiOf(cloud, 'patient-north');
  const { documents }: { documents: readonly Document[] } = JSON.parse(
    (await api.call('/v1/me/documents?limit=100')).text,
  );
  return documents.filter(({ fileName }) => fileName === name);
};

/** One document of that name, available, of exactly these bytes by what S3 reckoned, and nothing left beside it. */
export async function expectArrivedOnce(scene: LargeScene, name: string, file: LargeFile): Promise<Document> {
  const found = await documentsNamed(scene, name);
  expect(found).toMatchObject([
    {
      state: 'available',
      sizeBytes: file.sizeBytes,
      checksum: { algorithm: 'SHA256', type: 'COMPOSITE', value: file.checksum },
    },
  ]);
  const [document] = found;
  if (document === undefined) throw new Error('There is none.');
  expect(await countVersions(scene.cloud, scene.clock, document.id)).toBe(1);
  expect(await countUploads(scene.cloud, scene.clock, document.id)).toBe(0);
  return document;
}
