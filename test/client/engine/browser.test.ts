import { createHash } from 'node:crypto';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiOf } from '../../support/api.ts';
import { launchBrowser } from '../../support/browser.ts';
import { startTestCloud, type TestCloud } from '../../support/cloud.ts';

const MiB = 1024 ** 2;

let cloud: TestCloud;
let browser: Browser;
const scripts = new Map<string, string>();
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startTestCloud({ control: { port: 0 } }), launchBrowser()]);
  const { outputFiles } = await build({
    entryPoints: { page: 'test/client/engine/support/upload-page.ts', 'hash-worker': 'client/hash/hash-worker.ts' },
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    outdir: '/engine-test',
  });
  for (const { path, text } of outputFiles) scripts.set(path, text);
  scripts.set('/engine-test/hash-worker.ts', scripts.get('/engine-test/hash-worker.js') ?? '');
}, 120_000);
afterAll(async () => {
  await browser.close();
  await cloud.close();
});

/** A page at the origin that the bucket's CORS names, and the parts that it sent, by what became of them. */
async function open(): Promise<{ page: Page; begun: string[]; stored: string[] }> {
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await page.route(`${cloud.origin}/engine-test/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ body: scripts.get(pathname) ?? '', contentType: 'text/javascript' });
  });
  const [begun, stored]: [string[], string[]] = [[], []];
  const partOf = (url: string) => new URL(url).searchParams.get('partNumber');
  page.on('request', (request) => {
    const part = request.method() === 'PUT' ? partOf(request.url()) : null;
    if (part !== null) begun.push(part);
  });
  page.on('response', (response) => {
    const part = response.request().method() === 'PUT' && response.ok() ? partOf(response.url()) : null;
    if (part !== null) stored.push(part);
  });
  await load(page);
  return { page, begun, stored };
}

/** Really from the cloud's own address: to pages that are not, browsers refuse addresses of this machine. */
async function load(page: Page): Promise<void> {
  await page.goto(`${cloud.origin}/v1/health`);
  await page.addScriptTag({ url: '/engine-test/page.js', type: 'module' });
  await page.waitForFunction(() => 'uploadInPage' in globalThis);
}

const upload = async (page: Page, sizeBytes: number, integrity: 'sha256' | 'crc64nvme') => {
  const token = await cloud.identity.issueToken('clinician-north');
  return page.evaluate((given) => globalThis.uploadInPage(given), {
    baseUrl: cloud.origin,
    token,
    sizeBytes,
    integrity,
  });
};

/** As the page makes it. */
function hashOf(sizeBytes: number): string {
  const numbers = new Uint32Array(sizeBytes / 4);
  for (let index = 0; index < numbers.length; index += 1) numbers[index] = Math.imul(index, 2654435761);
  const bytes = Buffer.from(numbers.buffer);
  bytes.write('%PDF-1.7\n');
  return createHash('sha256').update(bytes).digest('hex');
}

const storedHash = async (documentId: string): Promise<string> => {
  const reader = await apiOf(cloud, 'clinician-north');
  return createHash('sha256')
    .update(Buffer.from(await reader.download(documentId)))
    .digest('hex');
};

describe('small files from a browser', () => {
  it('go by forms, for which nothing is asked beforehand, over four times the connections that a browser has to one host', async () => {
    const { page } = await open();
    const toStorage: string[] = [];
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Network.enable', { maxPostDataSize: 0 });
    devTools.on('Network.requestWillBeSent', ({ request }) => {
      if (!request.url.startsWith(cloud.origin)) toStorage.push(request.method);
    });
    /** Of the first request to the API. */
    let isReused: boolean | undefined;
    const connections = new Map<string, Set<number>>();
    devTools.on('Network.responseReceived', ({ response }) => {
      const { hostname, origin } = new URL(response.url);
      if (origin === cloud.origin) isReused ??= response.connectionReused;
      if (origin === cloud.origin) return;
      connections.set(hostname, (connections.get(hostname) ?? new Set()).add(response.connectionId));
    });
    // Without a network in between a few connections would do.
    const slow = { kind: 'slow', operation: 'PostObject', latencyMs: 500, count: 80 };
    const headers = { 'content-type': 'application/json' };
    const control = `${cloud.s3ControlOrigin}/_control/faults`;
    const armed = await fetch(control, { method: 'POST', headers, body: JSON.stringify(slow) });
    expect(armed.status).toBe(201);
    const sizes = Array.from({ length: 80 }, (_, index) => 100_000 + 4 * index);
    const token = await cloud.identity.issueToken('clinician-north');
    const documents = await page.evaluate(
      ([baseUrl, sent, each]) =>
        Promise.all(
          each.map((sizeBytes) => globalThis.uploadInPage({ baseUrl, token: sent, sizeBytes, integrity: 'sha256' })),
        ),
      [cloud.origin, token, sizes] as const,
    );
    expect(documents.map(({ state, fraction }) => `${state} ${fraction}`)).toEqual(sizes.map(() => 'available 1'));
    expect(toStorage.filter((method) => method !== 'GET')).toEqual(sizes.map(() => 'POST'));
    expect(isReused).toBe(true);
    expect([...connections.keys()].sort()).toEqual(['127.0.0.1', 'localhost']);
    for (const { size } of connections.values()) expect(size).toBeGreaterThan(6);
    expect(await storedHash(documents[7]?.id ?? '')).toBe(hashOf(sizes[7] ?? 0));
    await page.context().close();
  }, 120_000);
});

describe('a file in parts from a browser', () => {
  it.each(['sha256', 'crc64nvme'] as const)(
    'arrives as it is, each part sent once, held to its %s',
    async (integrity) => {
      const { page, begun } = await open();
      const sizeBytes = 20 * MiB;
      const document = await upload(page, sizeBytes, integrity);
      expect(document).toMatchObject({ state: 'available', wentBack: 0, fraction: 1 });
      expect(begun.toSorted()).toEqual(['1', '2', '3']);
      expect(await storedHash(document.id)).toBe(hashOf(sizeBytes));
      await page.context().close();
    },
    120_000,
  );

  it('goes on after the page was loaded anew, and sends nothing again that was stored', async () => {
    const { page, begun, stored } = await open();
    const sizeBytes = 64 * MiB;
    const lost = upload(page, sizeBytes, 'sha256').catch((error: unknown) => error);
    await expect.poll(() => stored.length, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(2);
    await load(page);
    expect(await lost).toBeInstanceOf(Error);
    const before = stored.slice();
    begun.length = 0;
    const document = await upload(page, sizeBytes, 'sha256');
    expect(document.state).toBe('available');
    expect(before.length).toBeLessThan(8);
    expect(begun.filter((part) => before.includes(part))).toEqual([]);
    expect(await storedHash(document.id)).toBe(hashOf(sizeBytes));
    await page.context().close();
  }, 180_000);
});
