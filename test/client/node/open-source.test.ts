import { appendFile, mkdtemp, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSource } from '../../../client/node/open-source.ts';
import { rejectionOf } from '../support/with-cloud.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealdrop-source-'));
});
afterAll(() => rm(folder, { recursive: true }));

const fresh = async (content: string | Uint8Array = '0123456789') => {
  const path = join(folder, `${crypto.randomUUID()}.bin`);
  await writeFile(path, content);
  return path;
};

describe('a file of a disk as a source', () => {
  it('is what the file is, and gives any parts of it at once', async () => {
    const content = Buffer.alloc(40_000_000, 'a line of some length\n');
    const path = await fresh(content);
    await utimes(path, 1, 2);
    const source = await openSource(path);
    expect(source).toMatchObject({ sizeBytes: 40_000_000, name: path.slice(folder.length + 1), lastModified: 2000 });
    const starts = [0, 10_000_000, 20_000_000, 30_000_000];
    const parts = await Promise.all(starts.map((start) => source.read(start, start + 10_000_000)));
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    // Beyond what one call of the system reads.
    expect(content.equals(await source.read(0, 40_000_000))).toBe(true);
    const [one, other] = [await source.read(0, 5), await source.read(0, 5)];
    expect(one.buffer).not.toBe(other.buffer);
    expect(one.buffer.byteLength).toBe(5);
    expect(await source.slice?.(2, 5).text()).toBe('lin');
    await source.close();
  });

  it('reads into what was given back, and into nothing that is still held', async () => {
    const source = await openSource(await fresh());
    const [held, free] = [await source.read(0, 4), await source.read(0, 4)];
    source.release?.(free);
    source.release?.(free);
    const [again, other, short] = await Promise.all([source.read(4, 8), source.read(2, 6), source.read(8, 10)]);
    expect([again, other, short, held].map((bytes) => Buffer.from(bytes).toString())).toEqual([
      '4567',
      '2345',
      '89',
      '0123',
    ]);
    expect(again.buffer).toBe(free.buffer);
    expect(new Set([again, other, short, held].map(({ buffer }) => buffer)).size).toBe(4);
    await source.close();
  });

  it.each([
    ['grown', (path: string) => appendFile(path, 'x')],
    ['shrunk', (path: string) => truncate(path, 4)],
    ['been written to', (path: string) => writeFile(path, '9876543210')],
  ])('that has %s since is refused', async (_, change) => {
    const path = await fresh();
    await utimes(path, 1, 2);
    const source = await openSource(path);
    await change(path);
    expect(await rejectionOf(source.read(2, 8))).toMatchObject({ reason: 'unreadable' });
    await source.close();
  });

  it('that was put in the place of another is not read for it', async () => {
    const path = await fresh();
    const source = await openSource(path);
    await rename(await fresh('abcdefghij'), path);
    expect(Buffer.from(await source.read(0, 10)).toString()).toBe('0123456789');
    await source.close();
  });

  it('that is none says so', async () => {
    expect(await rejectionOf(openSource(join(folder, 'missing')))).toMatchObject({ reason: 'unreadable' });
    expect(await rejectionOf(openSource(folder))).toMatchObject({ reason: 'unreadable' });
  });

  it('that was closed, or whose signal is aborted, is not read', async () => {
    const source = await openSource(await fresh());
    const controller = new AbortController();
    controller.abort();
    expect(await rejectionOf(source.read(0, 5, controller.signal))).toBe(controller.signal.reason);
    await source.close();
    expect(await rejectionOf(source.read(0, 5))).toMatchObject({ reason: 'unreadable' });
  });
});
