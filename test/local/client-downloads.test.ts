import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { combineCrc64Nvme, compositeSha256 } from '../../client/hash/checksums.ts';
import { createPartHasher } from '../../client/hash/part-hasher.ts';
import { createClient } from '../../client/index.ts';
import { downloadToFile } from '../../client/node/download-to-file.ts';
import { openSource } from '../../client/node/open-source.ts';
import { nodeTransport } from '../../client/transport/node-http.ts';
import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import { partRangeOf } from '../../contract/parts.ts';
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

/** Sends a file in parts by nothing but the API, the hasher and the transport. */
const uploadInParts = async (path: string, checksumAlgorithm: ChecksumAlgorithm): Promise<string> => {
  const { call, waitForOutcome } = clientOf();
  const { signal } = new AbortController();
  const source = await openSource(path);
  const { name: fileName, sizeBytes } = source;
  const body = { fileName, mediaType: 'application/pdf', sizeBytes, checksumAlgorithm };
  const { document, upload } = await call('requestUpload', { body });
  if (upload.kind !== 'multipart') throw new Error(`It is to be sent as ${upload.kind}.`);
  const params = { documentId: document.id };
  const parts = await Promise.all(
    Array.from({ length: upload.partsCount }, async (_, index) => {
      const { start, end } = partRangeOf(index + 1, sizeBytes, upload.partSizeBytes);
      const { checksum, bytes } = await createPartHasher().hash(source, start, end, checksumAlgorithm, signal);
      const links = await call('signParts', { params, body: { parts: [{ partNumber: index + 1, checksum }] } });
      const url = links.urlTemplate
        .replace('{partNumber}', String(index + 1))
        .replace('{signature}', links.signatures[0] ?? '');
      const headers = { ...links.headers, [links.checksumHeader ?? '']: checksum };
      const answer = await nodeTransport({ url, headers, body: bytes ?? new Blob(), signal, onSent: () => undefined });
      expect(answer).toMatchObject({ status: 200, etag: expect.stringMatching(/^"[0-9a-f]+"$/) });
      return { checksum, sizeBytes: end - start };
    }),
  );
  await source.close();
  const checksum =
    checksumAlgorithm === 'SHA256'
      ? await compositeSha256(parts.map((part) => part.checksum))
      : combineCrc64Nvme(parts);
  await call('completeUpload', { params, body: { checksum } });
  return (await waitForOutcome(document.id)).id;
};

describe('what went up in parts', () => {
  it.each([
    ['SHA256', 'COMPOSITE'],
    ['CRC64NVME', 'FULL_OBJECT'],
  ] as const)('comes down held to what S3 keeps of it: %s, %s', async (algorithm, type) => {
    const [sent, received] = [join(folder, `${algorithm}.pdf`), join(folder, `${algorithm}.received.pdf`)];
    const bytes = Buffer.concat([content, randomBytes(5_000_000)]);
    await writeFile(sent, bytes);
    const { checksum } = await downloadToFile(clientOf(), await uploadInParts(sent, algorithm), received);
    expect(checksum).toMatchObject({ algorithm, type });
    expect((await readFile(received)).equals(bytes)).toBe(true);
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
