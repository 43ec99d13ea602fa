import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { targetError } from '../../../client/download/target.ts';
import { FileError, IntegrityError, NetworkError } from '../../../client/index.ts';
import { downloadToFile } from '../../../client/node/download-to-file.ts';
import { fileTarget } from '../../../client/node/file-target.ts';
import { bytesOf, documentId, recorded, startScene } from '../download/support/scene.ts';
import { rejectionOf } from '../support/with-cloud.ts';

const once1 = { attemptsMax: 1, baseMilliseconds: 1, capMilliseconds: 1, retryAfterSecondsMax: 1 };
const MiB = 1024 ** 2;
const bytes = bytesOf(20 * MiB);
const sceneOf = async (options = {}) => startScene(bytes, await recorded.composite(bytes), options);

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealdrop-download-'));
  path = join(folder, 'scan.pdf');
});
afterEach(() => rm(folder, { recursive: true }));

const files = async () => (await readdir(folder)).sort();
const isWhole = async () => (await readFile(path)).equals(bytes);

/** A download that broke off behind `keptBytes`. */
const breakOff = async (keptBytes = 5 * MiB) => {
  const { client, faults } = await sceneOf({ retryPolicy: once1 });
  faults.push({ kind: 'cut', afterBytes: keptBytes });
  expect(await rejectionOf(downloadToFile(client, documentId, path))).toBeInstanceOf(NetworkError);
  expect(await files()).toEqual(['scan.pdf.part', 'scan.pdf.part.json']);
};

describe('downloading to a file', () => {
  it('gives the whole file its name at the end, for this user only, in the place of what was there', async () => {
    await writeFile(path, 'of yesterday', { mode: 0o644 });
    const { client } = await sceneOf();
    const seen: string[] = [];
    const onProgress = async () => seen.push((await readFile(path, 'utf8')).slice(0, 12));
    expect(await downloadToFile(client, documentId, path, { onProgress })).toMatchObject({ id: documentId });
    expect(seen[0]).toBe('of yesterday');
    expect(await isWhole()).toBe(true);
    expect(await files()).toEqual(['scan.pdf']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('goes on where an earlier one broke off, by one more link', async () => {
    await breakOff();
    expect((await stat(`${path}.part`)).size).toBe(5 * MiB);
    const { client, ranges, links } = await sceneOf();
    const done: number[] = [];
    await downloadToFile(client, documentId, path, { onProgress: ({ bytesDone }) => done.push(bytesDone) });
    expect(await isWhole()).toBe(true);
    expect(ranges).toEqual([`bytes=${5 * MiB}-${bytes.length - 1}`]);
    expect(links()).toBe(1);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(await files()).toEqual(['scan.pdf']);
  });

  it('asks for nothing more where only the name was missing', async () => {
    await breakOff(5 * MiB);
    await writeFile(`${path}.part`, bytes);
    const { client, ranges, links } = await sceneOf();
    await downloadToFile(client, documentId, path);
    expect(await isWhole()).toBe(true);
    expect([ranges, links()]).toEqual([[], 1]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the note is of something else', () => writeFile(`${path}.part.json`, '{"version":1,"sizeBytes":7}')],
    ['the note is no note', () => writeFile(`${path}.part.json`, '')],
    ['the note is gone', () => rm(`${path}.part.json`)],
    ['the part is gone', () => rm(`${path}.part`)],
    ['the part is longer than the file', () => appendFile(`${path}.part`, bytes)],
  ])('begins again where %s', async (_, change) => {
    await breakOff();
    await change();
    const { client, ranges } = await sceneOf();
    await downloadToFile(client, documentId, path);
    expect(await isWhole()).toBe(true);
    expect(ranges[0]).toBe(`bytes=0-${8 * MiB - 1}`);
    expect(await files()).toEqual(['scan.pdf']);
  });

  it('begins again where what was left is damaged, and tells no less than before', async () => {
    await breakOff();
    const part = await open(`${path}.part`, 'r+');
    await part.write('x', 3 * MiB);
    await part.close();
    const { client, ranges, links } = await sceneOf();
    const done: number[] = [];
    await downloadToFile(client, documentId, path, { onProgress: ({ bytesDone }) => done.push(bytesDone) });
    expect(await isWhole()).toBe(true);
    expect(ranges.slice(0, 2)).toEqual([`bytes=${5 * MiB}-${bytes.length - 1}`, `bytes=0-${8 * MiB - 1}`]);
    expect(links()).toBe(1);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(bytes.length);
  });

  it('keeps nothing of what was damaged, even where it breaks off again', async () => {
    await breakOff();
    await writeFile(`${path}.part`, Buffer.alloc(bytes.length));
    const { client, faults } = await sceneOf({ retryPolicy: once1 });
    faults.push({ kind: 'cut', afterBytes: MiB });
    expect(await rejectionOf(downloadToFile(client, documentId, path))).toBeInstanceOf(NetworkError);
    expect((await stat(`${path}.part`)).size).toBe(MiB);
  });

  it('leaves nothing of bytes that are not the recorded ones', async () => {
    const { client, faults } = await sceneOf();
    faults.push({ kind: 'flip', atByte: 1 });
    expect(await rejectionOf(downloadToFile(client, documentId, path))).toBeInstanceOf(IntegrityError);
    expect(await files()).toEqual([]);
  });

  it('keeps what came when it is stopped', async () => {
    const { client } = await sceneOf();
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = ({ fraction }: { fraction: number }) => fraction > 0.7 && controller.abort();
    expect(await rejectionOf(downloadToFile(client, documentId, path, { signal, onProgress }))).toBe(signal.reason);
    expect(await files()).toEqual(['scan.pdf.part', 'scan.pdf.part.json']);
  });

  it('says so where the file cannot be written, and asks for no byte', async () => {
    const { client, ranges } = await sceneOf();
    for (const place of [join(folder, 'missing', 'scan.pdf'), '/proc/scan.pdf']) {
      const error = await rejectionOf(downloadToFile(client, documentId, place));
      expect(error).toBeInstanceOf(FileError);
      expect(error).toMatchObject({ reason: 'unwritable' });
    }
    expect(ranges).toEqual([]);
  });

  it('keeps the bytes where the name is taken by a folder', async () => {
    await mkdir(path);
    const { client } = await sceneOf();
    expect(await rejectionOf(downloadToFile(client, documentId, path))).toMatchObject({ reason: 'unwritable' });
    expect((await stat(`${path}.part`)).size).toBe(bytes.length);
  });

  it('tells a full disk from a place that cannot be written to', () => {
    expect(targetError(Object.assign(new Error('write'), { code: 'ENOSPC' }))).toMatchObject({ reason: 'no-space' });
    expect(targetError(Object.assign(new Error('open'), { code: 'EACCES' }))).toMatchObject({ reason: 'unwritable' });
  });

  it('never mixes two downloads to one place', async () => {
    const [first, second] = [fileTarget(path), fileTarget(path)];
    const [one, other] = [bytesOf(30), Buffer.alloc(30, 'z')];
    const start = async (target: typeof first, content: Uint8Array) => {
      for await (const _ of target.open(await recorded.sha256(content))) throw new Error('Nothing was kept.');
    };
    await start(first, one);
    await first.write(one.subarray(0, 20));
    await start(second, other);
    await first.write(one.subarray(20));
    await second.write(other);
    expect(await rejectionOf(first.close())).toMatchObject({ reason: 'unwritable' });
    await first.abort(new IntegrityError());
    await second.close();
    expect(await readFile(path, 'utf8')).toBe('z'.repeat(30));
    expect(await files()).toEqual(['scan.pdf']);
  });

  it('goes on after its process was killed', async () => {
    const content = await recorded.composite(bytes);
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const origin = `http://${request.headers.host}`;
      if (request.url?.endsWith('/download')) return void response.end(JSON.stringify({ url: `${origin}/storage` }));
      if (request.url !== '/storage') return void response.end(JSON.stringify({ id: documentId, ...content }));
      const { range = '' } = request.headers;
      asked.push(range);
      const [, first = 0, last = 0] = (/(\d+)-(\d+)/.exec(range) ?? []).map(Number);
      response.writeHead(206, { 'content-range': `bytes ${first}-${last}/${bytes.length}` });
      // The first range comes to its middle and no further, so that there is somebody to kill.
      if (asked.length === 1) return void response.write(bytes.subarray(0, 4 * MiB));
      response.end(bytes.subarray(first, last + 1));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const script = join(import.meta.dirname, 'support/download-and-tell.ts');
    const run = () =>
      spawn(process.execPath, [script, baseUrl, documentId, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const killed = run();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const part = await stat(`${path}.part`).catch(() => undefined);
      if (part?.size === 4 * MiB) break;
    }
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(await files()).toEqual(['scan.pdf.part', 'scan.pdf.part.json']);

    const again = run();
    const told: number[] = [];
    createInterface({ input: again.stdout }).on('line', (line) => told.push(Number(line)));
    expect(await once(again, 'exit')).toEqual([0, null]);
    expect(await isWhole()).toBe(true);
    expect(asked.slice(3).every((range) => Number(/\d+/.exec(range)?.[0]) >= 4 * MiB)).toBe(true);
    expect(told[0]).toBeLessThanOrEqual(4 * MiB);
    server.closeAllConnections();
    server.close();
  });
});
