import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOwn } from '../../../bench/local-s3/child.ts';
import { buildSealdropPage } from '../../../bench/upload/bundle-pages.ts';
import { type Chromium, launchChromium } from '../../../bench/upload/chromium/chromium.ts';
import { makeFiles } from '../../../bench/upload/files.ts';
import { memoryOf } from '../../../bench/upload/memory.ts';
import { countRequests } from '../../../bench/upload/requests.ts';
import { startShapingProxy } from '../../../bench/upload/shaping-proxy.ts';
import { mebibyte } from '../../../bench/upload/sizes.ts';
import { uploadOnce } from '../../../bench/upload/visit.ts';

const cleanup = new AsyncDisposableStack();
afterAll(() => cleanup.disposeAsync());

let chromium: Chromium;
let url: string;
let files: readonly string[];
beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sealdrop-visit-'));
  cleanup.defer(() => rmSync(directory, { recursive: true }));
  await buildSealdropPage(join(directory, 'page'));
  url = `${cleanup.use(await startOwn('upload/sink.ts', join(directory, 'page'))).origin}/`;
  chromium = cleanup.use(await launchChromium());
  files = await makeFiles(directory, 1, 17 * mebibyte);
});

const options = { token: 'none', waits: true };

describe('an upload by the page of the bench, to the sink', () => {
  it('is timed until its bytes are accepted and until its outcome is known', async () => {
    const before = Date.now();
    const { begunAtMs, acceptedMs, settledMs } = await uploadOnce({ chromium, url, files, options });
    expect(Math.abs(begunAtMs - before)).toBeLessThan(5000);
    expect(acceptedMs).toBeGreaterThan(0);
    expect(settledMs).toBeGreaterThanOrEqual(acceptedMs);
  });

  it('has every request counted, and hashes nothing where the checksums are known', async () => {
    const known = Array.from({ length: 3 }, () => Buffer.alloc(32).toString('base64'));
    const counted = await countRequests({ chromium, url, files, options: { ...options, known } });
    // Three parts.
    expect(counted).toContain('3 PUT to the API');
  });

  it('goes over the link that it is given', async () => {
    await using slow = await startShapingProxy({ roundTripMs: 100 });
    const { acceptedMs } = await uploadOnce({ chromium, url, files, options, proxyUrl: slow.url });
    // Declaring, signing, sending and completing take a round trip each at least.
    expect(acceptedMs).toBeGreaterThan(400);
  });

  it('fails with what the page says', async () => {
    const failing = uploadOnce({ chromium, url, files, options: { ...options, known: ['no', 'such', 'checksums'] } });
    await expect(failing).rejects.toThrow('not Base64');
  });
});

it('sees memory that a page takes', async () => {
  const { now, watch } = memoryOf(chromium.devTools);
  const before = await now();
  await using page = await chromium.open('about:blank');
  const watching = watch();
  await page.devTools.send('Runtime.evaluate', { expression: 'globalThis.held = new Uint8Array(2 ** 26).fill(1)' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await watching.stop()) - before).toBeGreaterThan(2 ** 26);
});
