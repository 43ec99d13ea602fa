import { describe, expect, it } from 'vitest';
import { readInOrder } from '../../../client/hash/read-in-order.ts';
import { fileOf, rejectionOf } from '../support/with-cloud.ts';

/** Reads a file and tells where its streams begin, and how many of them were given up before their end. */
const scene = (sizeBytes = 1_000_000) => {
  const blob = fileOf(sizeBytes);
  const begun: number[] = [];
  const seen = { begun, cancelled: 0, failsOnce: false };
  const slice = blob.slice.bind(blob);
  blob.slice = (start = 0, end) => {
    begun.push(start);
    const part = slice(start, end);
    const stream = part.stream.bind(part);
    part.stream = () => {
      const made = seen.failsOnce ? failing() : stream();
      seen.failsOnce = false;
      const reader = made.getReader({ mode: 'byob' });
      const cancel = reader.cancel.bind(reader);
      reader.cancel = (reason) => {
        seen.cancelled += 1;
        return cancel(reason);
      };
      return Object.assign(new ReadableStream(), { getReader: () => reader });
    };
    return part;
  };
  const read = readInOrder(blob);
  const isRead = async (start: number, end: number) => {
    const bytes = await read(start, end);
    return Buffer.from(bytes).equals(Buffer.from(await slice(start, end).arrayBuffer()));
  };
  return { seen, read, isRead, blob };
};

const failing = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    type: 'bytes',
    pull: (controller) => controller.error(new DOMException('', 'NotReadableError')),
  });

describe('the parts of a file, read in order', () => {
  it('are read by one stream, also where several are asked for at once', async () => {
    const { seen, isRead } = scene();
    expect(await isRead(0, 300_000)).toBe(true);
    const both = [isRead(300_000, 600_000), isRead(600_000, 900_000)];
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(seen).toMatchObject({ begun: [0], cancelled: 0 });
    expect(await isRead(900_000, 1_000_000)).toBe(true);
    // Nothing holds it open when there is no more.
    expect(seen).toMatchObject({ begun: [0], cancelled: 1 });
  });

  it('are read by another where one begins elsewhere, and the first is given up', async () => {
    const { seen, isRead } = scene();
    const both = [isRead(0, 100_000), isRead(500_000, 600_000)];
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(await isRead(600_000, 700_000)).toBe(true);
    expect(seen).toMatchObject({ begun: [0, 500_000], cancelled: 1 });
    expect(await isRead(100_000, 200_000)).toBe(true);
    expect(seen).toMatchObject({ begun: [0, 500_000, 100_000], cancelled: 2 });
  });

  it('are read anew after one that failed, and those that waited for it too', async () => {
    const { seen, read, isRead } = scene();
    seen.failsOnce = true;
    const failed = read(0, 100_000);
    const next = isRead(100_000, 200_000);
    expect(await rejectionOf(failed)).toMatchObject({ name: 'NotReadableError' });
    expect(await next).toBe(true);
    expect(await isRead(0, 100_000)).toBe(true);
    expect(seen.begun).toEqual([0, 100_000, 0]);
  });

  it('come out short where the file was cut off', async () => {
    const { read } = scene(10);
    expect((await read(5, 11)).byteLength).toBe(5);
  });

  it('are read one by one where blobs are no byte streams', async () => {
    const blob = fileOf(200_000);
    const slice = blob.slice.bind(blob);
    const begun: (number | undefined)[] = [];
    blob.slice = (start, end) => {
      const part = slice(start, end);
      begun.push(end);
      const chunks = async (controller: ReadableStreamDefaultController) => {
        controller.enqueue(new Uint8Array(await part.arrayBuffer()));
        controller.close();
      };
      return Object.assign(part, { stream: () => new ReadableStream({ pull: chunks }) });
    };
    const read = readInOrder(blob);
    for (const [start, end] of [
      [0, 90_000],
      [90_000, 200_000],
    ] as const) {
      const expected = Buffer.from(await slice(start, end).arrayBuffer());
      expect(Buffer.from(await read(start, end)).equals(expected)).toBe(true);
    }
    expect(begun).toEqual([undefined, 90_000, 200_000]);
  });
});
