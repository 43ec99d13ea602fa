import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../client/index.ts';
import { downloadToFile } from '../../client/node/download-to-file.ts';
import { launchBrowser } from '../support/browser.ts';
import { shiftedClock } from '../support/clock.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';

/** The smallest file that comes by several ranges. */
const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(16 * 1024 ** 2 - 9)]);
const clock = shiftedClock();
let cloud: TestCloud;
let token: string;
let id: string;
let folder: string;

const clientOf = (fetch?: typeof globalThis.fetch) =>
  createClient({ baseUrl: cloud.origin, token: () => token, ...(fetch && { fetch }) });
const linksOf = async (): Promise<number> => {
  const { entries } = await clientOf().getHistory(id);
  return entries.filter(({ kind }) => kind === 'download-issued').length;
};

beforeAll(async () => {
  cloud = await startTestCloud({ clock });
  token = await cloud.identity.issueToken('patient-north');
  folder = await mkdtemp(join(tmpdir(), 'sealdrop-downloads-'));
  const file = new File([content], 'scan.pdf', { type: 'application/pdf' });
  id = (await clientOf().upload(file)).id;
}, 120_000);
afterAll(async () => {
  await cloud.close();
  await rm(folder, { recursive: true });
});

describe('a download by the client', () => {
  it('comes to a file by ranges, under one link', async () => {
    const before = await linksOf();
    const ranges: string[] = [];
    const counting: typeof fetch = (url, init) => {
      const range = new Headers(init?.headers).get('range');
      if (range !== null) ranges.push(range);
      return fetch(url, init);
    };
    await downloadToFile(clientOf(counting), id, join(folder, 'scan.pdf'));
    expect((await readFile(join(folder, 'scan.pdf'))).equals(content)).toBe(true);
    expect(ranges).toEqual(['bytes=0-8388607', 'bytes=8388608-16777215']);
    expect(await linksOf()).toBe(before + 1);
  });

  it('goes on where its connections break and its link has run out meanwhile, by one link more', async () => {
    const before = await linksOf();
    let broken = 0;
    const breaking: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (!String(url).startsWith(cloud.s3Origin) || response.status !== 206 || broken === 2) return response;
      broken += 1;
      const reader = response.body?.getReader();
      const first = await reader?.read();
      const cut = new ReadableStream({
        start: (controller) => controller.enqueue(first?.value),
        pull: async (controller) => {
          await reader?.cancel();
          clock.advance(130_000);
          controller.error(new TypeError('terminated'));
        },
      });
      return new Response(cut, response);
    };
    const path = join(folder, 'broken.pdf');
    await downloadToFile(clientOf(breaking), id, path);
    expect(broken).toBe(2);
    expect((await readFile(path)).equals(content)).toBe(true);
    expect(await linksOf()).toBe(before + 2);
    expect((await readdir(folder)).filter((name) => name.includes('.part'))).toEqual([]);
  });
});

describe('a download in a page of the environment', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    const { outputFiles } = await build({
      entryPoints: ['test/local/support/download-page.ts'],
      bundle: true,
      splitting: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      outdir: '/client',
    });
    page = await browser.newPage();
    await page.route(`${cloud.origin}/client/**`, (route) => {
      const file = outputFiles.find(({ path }) => path === new URL(route.request().url()).pathname);
      return route.fulfill({ body: file?.text ?? '', contentType: 'text/javascript' });
    });
    await page.goto(cloud.origin);
  });
  afterAll(() => browser.close());

  it('comes by ranges across origins, into a file that is there only when it is whole', async () => {
    const ranges: string[] = [];
    page.on('request', (request) => {
      const { range } = request.headers();
      if (range !== undefined) ranges.push(range);
    });
    await page.addScriptTag({ url: `${cloud.origin}/client/download-page.js`, type: 'module' });
    const seen = await page.evaluate(([bearer, documentId]) => globalThis.downloadInPage(bearer, documentId), [
      token,
      id,
    ] as const);
    const { sha256 } = await clientOf().call('getDocument', { params: { documentId: id } });
    expect(seen).toEqual({ sizeBytesBefore: 0, sizeBytes: content.length, sha256 });
    expect(ranges.sort()).toEqual(['bytes=0-8388607', 'bytes=8388608-16777215']);
  });
});
