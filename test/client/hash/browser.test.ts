import { createHash } from 'node:crypto';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wasmHash } from '../../../client/hash/wasm.ts';
import type { ChecksumAlgorithm } from '../../../contract/checksums.ts';
import { launchBrowser } from '../../support/browser.ts';
import type { HashedInPage } from './support/page.ts';

const tellsOfStreams = `const { stream } = Blob.prototype;
Blob.prototype.stream = function () {
  void fetch('/stream');
  return stream.call(this);
};`;

let browser: Browser;
const scripts = new Map<string, string>();
beforeAll(async () => {
  browser = await launchBrowser();
  const { outputFiles } = await build({
    entryPoints: { page: 'test/client/hash/support/page.ts', 'hash-worker': 'client/hash/hash-worker.ts' },
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    outdir: '/',
  });
  for (const { path, text } of outputFiles) scripts.set(path, text);
  // What a bundler would do: `new URL('./hash-worker.ts', import.meta.url)` leads to the worker's script.
  scripts.set('/hash-worker.ts', `${tellsOfStreams}\n${scripts.get('/hash-worker.js')}`);
});
afterAll(() => browser.close());

/** Opens the page at `origin`, nothing of which leaves this process, and hashes there. */
const hashIn = async (
  { origin = 'https://page.test', policy = '' },
  ...[sizeBytes, partSizeBytes, algorithm]: [number, number, ChecksumAlgorithm]
): Promise<HashedInPage & { readonly asked: string[] }> => {
  const context = await browser.newContext();
  const asked: string[] = [];
  await context.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    asked.push(pathname);
    const body = scripts.get(pathname) ?? '<script type="module" src="/page.js"></script>';
    const contentType = scripts.has(pathname) ? 'text/javascript' : 'text/html';
    return route.fulfill({ body, contentType, headers: { 'content-security-policy': policy } });
  });
  const page = await context.newPage();
  await page.goto(`${origin}/`);
  const hashed = await page.evaluate(([size, part, name]) => globalThis.hashInPage(size, part, name), [
    sizeBytes,
    partSizeBytes,
    algorithm,
  ] as const);
  await context.close();
  return { ...hashed, asked };
};

const partsOf = (sizeBytes: number, partSizeBytes: number): Buffer[] => {
  const whole = Buffer.from(new Uint8Array(sizeBytes).map((_, index) => index % 251));
  return Array.from({ length: Math.ceil(sizeBytes / partSizeBytes) }, (_, index) =>
    whole.subarray(index * partSizeBytes, (index + 1) * partSizeBytes),
  );
};
const sha256 = (part: Buffer) => createHash('sha256').update(part).digest('base64');
const crc64 = async (part: Buffer) => {
  const hash = await wasmHash('CRC64NVME');
  hash.update(part);
  return Buffer.from(hash.digest()).toString('base64');
};

const [sizeBytes, partSizeBytes] = [21_000_000, 8 * 1024 ** 2];
const parts = partsOf(sizeBytes, partSizeBytes);

describe('hashing in a browser', () => {
  it('is done by the worker, and the page holds nothing of a part: it is sent as a slice of its file', async () => {
    const hashed = await hashIn({}, sizeBytes, partSizeBytes, 'SHA256');
    expect(hashed.checksums).toEqual(parts.map(sha256));
    expect(hashed).toMatchObject({ heldBytes: 0, digestsOfPage: 0 });
    expect(hashed.asked).toContain('/hash-worker.ts');
    // One to see whether there are byte streams, and one for the file.
    expect(hashed.asked.filter((path) => path === '/stream')).toHaveLength(2);
  });

  it('hands the bytes of a small file over, which is read once so', async () => {
    const hashed = await hashIn({}, 2_000_000, partSizeBytes, 'SHA256');
    expect(hashed).toMatchObject({ checksums: partsOf(2_000_000, partSizeBytes).map(sha256), heldBytes: 2_000_000 });
  });

  it('gives CRC64NVME too', async () => {
    const hashed = await hashIn({}, sizeBytes, partSizeBytes, 'CRC64NVME');
    expect(hashed.checksums).toEqual(await Promise.all(parts.map(crc64)));
  });

  it('holds no part above 64 MiB, and hashes it all the same', async () => {
    const [part = Buffer.alloc(0)] = partsOf(65 * 1024 ** 2, 65 * 1024 ** 2);
    const hashed = await hashIn({}, part.length, part.length, 'SHA256');
    expect(hashed).toMatchObject({ checksums: [sha256(part)], heldBytes: 0 });
  });

  it('is done by the page where its policy allows no worker', async () => {
    const hashed = await hashIn({ policy: "worker-src 'none'" }, sizeBytes, partSizeBytes, 'SHA256');
    expect(hashed.checksums).toEqual(parts.map(sha256));
    expect(hashed).toMatchObject({ heldBytes: 0, digestsOfPage: 3 });
  });

  it('is done without WebCrypto where the page has no secure origin', async () => {
    const hashed = await hashIn({ origin: 'http://page.test' }, sizeBytes, partSizeBytes, 'SHA256');
    expect(hashed).toMatchObject({ checksums: parts.map(sha256), isSecure: false });
  });
});
