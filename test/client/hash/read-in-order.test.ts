import { afterEach, describe, expect, it, vi } from 'vitest';
import { fileOf, rejectionOf } from '../support/with-cloud.ts';
import { failing, readScene } from './support/read-scene.ts';

const MiB = 1024 ** 2;

afterEach(() => vi.restoreAllMocks());

describe('the parts of a file, read in order', () => {
  it('are read by one stream, also where several are asked for at once', async () => {
    const { seen, isRead } = readScene();
    expect(await isRead(0, 10)).toBe(true);
    const both = [isRead(10, 20), isRead(20, 30)];
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(seen).toMatchObject({ begun: [0], cancelled: 0 });
    expect(await isRead(30, 40)).toBe(true);
    // Nothing holds it open when there is no more.
    expect(seen).toMatchObject({ begun: [0], cancelled: 1 });
  });

  it('are read by another where one begins elsewhere, and the first is given up', async () => {
    const { seen, isRead } = readScene();
    const both = [isRead(0, 5), isRead(20, 25)];
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(await isRead(25, 30)).toBe(true);
    expect(seen).toMatchObject({ begun: [0, 20], cancelled: 1 });
    expect(await isRead(5, 10)).toBe(true);
    expect(seen).toMatchObject({ begun: [0, 20, 5], cancelled: 2 });
  });

  it('are read by another after 64 MiB, for a browser looks only then whether the file was changed', async () => {
    const { seen, isRead } = readScene(100);
    for (let start = 0; start < 100; start += 25) expect(await isRead(start, start + 25)).toBe(true);
    expect(seen.begun).toEqual([0, 50]);
    expect(await isRead(0, 100)).toBe(true);
  });

  it('that will be sent as they are read have streams of their own', async () => {
    const { seen, isRead } = readScene(14);
    expect(await isRead(0, 10)).toBe(true);
    expect(await isRead(10, 14)).toBe(true);
    expect(seen.begun).toEqual([0, 10]);
  });

  it('are read anew after one that failed, and those that waited for it too', async () => {
    const { seen, readMiB, isRead } = readScene();
    seen.next = failing;
    const failed = readMiB(0, 5);
    const next = isRead(5, 10);
    expect(await rejectionOf(failed)).toMatchObject({ name: 'NotReadableError' });
    expect(await next).toBe(true);
    expect(await isRead(0, 5)).toBe(true);
    expect(seen.begun).toEqual([0, 5, 0]);
  });

  it('that nobody wants any more are not read, and the stream is given up', async () => {
    const { seen, readMiB, isRead } = readScene();
    const controller = new AbortController();
    const first = isRead(0, 10);
    const second = readMiB(10, 20, controller.signal);
    controller.abort(new Error('enough'));
    expect(await first).toBe(true);
    expect(await rejectionOf(second)).toBe(controller.signal.reason);
    expect(seen).toMatchObject({ begun: [0], cancelled: 1 });
    expect(await isRead(20, 30)).toBe(true);
    expect(seen.begun).toEqual([0, 20]);
  });

  it('come out short where the file was cut off, and the next ones are read anew', async () => {
    const { seen, readMiB, isRead } = readScene();
    seen.next = () => new Blob([new Uint8Array(7 * MiB)]).stream();
    expect((await readMiB(0, 10)).byteLength).toBe(7 * MiB);
    expect(await isRead(10, 20)).toBe(true);
    expect(seen.begun).toEqual([0, 10]);
  });

  it('leave nothing open once they are closed, after what is being read', async () => {
    const { seen, isRead, close } = readScene();
    const reading = isRead(0, 10);
    close();
    expect(await reading).toBe(true);
    await vi.waitFor(() => expect(seen.cancelled).toBe(1));
    expect(await isRead(10, 20)).toBe(true);
    expect(seen.begun).toEqual([0, 10]);
  });

  it('tell nobody that what is given up cannot be read', async () => {
    const { seen, isRead } = readScene();
    const problems: unknown[] = [];
    const note = (reason: unknown) => problems.push(reason);
    process.on('unhandledRejection', note);
    let fail: ((error: Error) => void) | undefined;
    seen.next = () =>
      new ReadableStream({
        type: 'bytes',
        start: (controller) => {
          controller.enqueue(new Uint8Array(5 * MiB));
          fail = (error) => controller.error(error);
        },
      });
    await isRead(0, 5);
    fail?.(new Error('gone'));
    expect(await isRead(20, 25)).toBe(true);
    await new Promise(setImmediate);
    process.off('unhandledRejection', note);
    expect(problems).toEqual([]);
  });

  it('are read several at a time where blobs are no byte streams', async () => {
    const { stream } = Blob.prototype;
    vi.spyOn(Blob.prototype, 'stream').mockImplementation(function (this: Blob) {
      const reader = stream.call(this).getReader();
      const pull = async (controller: ReadableStreamDefaultController) => {
        const { value, done } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      };
      return new ReadableStream({ pull });
    });
    vi.resetModules();
    const { readInOrder: readByChunks } = await import('../../../client/hash/read-in-order.ts');
    const blob = fileOf(20 * MiB);
    const begun: unknown[] = [];
    const slice = blob.slice.bind(blob);
    blob.slice = (start, end) => {
      begun.push([Number(start) / MiB, Number(end) / MiB]);
      return slice(start, end);
    };
    const { read } = readByChunks(blob);
    const both = [read(0, 10 * MiB), read(10 * MiB, 20 * MiB)];
    expect(begun).toEqual([
      [0, 10],
      [10, 20],
    ]);
    for (const [index, bytes] of (await Promise.all(both)).entries()) {
      const expected = await slice(index * 10 * MiB, (index + 1) * 10 * MiB).arrayBuffer();
      expect(Buffer.from(bytes).equals(Buffer.from(expected))).toBe(true);
    }
  });
});
