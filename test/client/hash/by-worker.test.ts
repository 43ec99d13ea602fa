import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPartHasher } from '../../../client/hash/part-hasher.ts';
import { type FileSource, sourceOf } from '../../../client/source.ts';
import { fileOf, rejectionOf } from '../support/with-cloud.ts';
import { FakeWorker, lastId } from './support/fake-worker.ts';

let workers: FakeWorker[] = [];
beforeEach(() => {
  workers = [];
});
afterEach(() => {
  vi.doUnmock('../../../client/hash/worker-hasher.ts');
  vi.useRealTimers();
});

const MiB = 1024 ** 2;
const part = { checksum: 'of the worker' };
const { signal } = new AbortController();

const scene = () => {
  const hasher = createPartHasher({
    worker: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
  });
  const hash = (source: FileSource, start: number, end: number, algorithm: 'SHA256' | 'CRC64NVME' = 'SHA256') =>
    hasher.hash(source, start, end, algorithm, signal);
  return { hasher, hash };
};

const answered = async (hashing: Promise<unknown>) => {
  await vi.waitFor(() => expect(workers[0]?.asked.length).toBeGreaterThan(0));
  workers[0]?.say({ kind: 'hashed', id: lastId(workers[0]), part });
  return hashing;
};

describe('what a worker is asked', () => {
  it('is not what takes less time than asking, and anything larger', async () => {
    const { hash } = scene();
    const file = sourceOf(fileOf(MiB + 1));
    expect((await hash(file, 1, file.sizeBytes)).bytes).toHaveLength(MiB);
    expect(workers).toHaveLength(0);
    expect(await answered(hash(file, 0, file.sizeBytes))).toBe(part);
  });

  it('is CRC64NVME of any size, which takes the thread that computes it', async () => {
    const { hash } = scene();
    expect(await answered(hash(sourceOf(fileOf(10)), 0, 10, 'CRC64NVME'))).toBe(part);
  });

  it('finds one that was started while there was other work', async () => {
    const { hasher, hash } = scene();
    const file = sourceOf(fileOf(MiB + 1));
    hasher.prepare?.(sourceOf(fileOf(MiB)));
    await import('../../../client/hash/worker-hasher.ts');
    expect(workers).toHaveLength(0);
    hasher.prepare?.(file);
    await vi.waitFor(() => expect(workers).toHaveLength(1));
    expect(await answered(hash(file, 0, file.sizeBytes))).toBe(part);
    expect(workers).toHaveLength(1);
  });

  it('is hashed here where what asks it cannot be loaded, and asked the next time', async () => {
    vi.doMock('../../../client/hash/worker-hasher.ts', () => {
      throw new TypeError('Failed to fetch dynamically imported module');
    });
    const { hash } = scene();
    const file = sourceOf(fileOf(2 * MiB));
    const { checksum } = await hash(file, 0, 2 * MiB);
    expect(checksum).toBe((await createPartHasher().hash(file, 0, 2 * MiB, 'SHA256', signal)).checksum);
    expect(workers).toHaveLength(0);
    vi.doUnmock('../../../client/hash/worker-hasher.ts');
    expect(await answered(hash(file, 0, 2 * MiB))).toBe(part);
  });

  it('is hashed here where what asks it does not come', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    vi.doMock('../../../client/hash/worker-hasher.ts', () => new Promise(() => undefined));
    const { hash } = scene();
    const hashing = hash(sourceOf(fileOf(2 * MiB)), 0, 2 * MiB);
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await hashing).checksum).toHaveLength(44);
  });

  it('is not waited for by who gave up', async () => {
    vi.doMock('../../../client/hash/worker-hasher.ts', () => new Promise(() => undefined));
    const { hasher } = scene();
    const controller = new AbortController();
    const file = sourceOf(fileOf(2 * MiB));
    const hashing = hasher.hash(file, 0, 2 * MiB, 'SHA256', controller.signal);
    controller.abort(new Error('enough'));
    expect(await rejectionOf(hashing)).toBe(controller.signal.reason);
  });

  it('ends with the hasher, also before it began', async () => {
    const { hasher, hash } = scene();
    const hashing = hash(sourceOf(fileOf(MiB + 1)), 0, MiB + 1);
    hasher.close();
    expect(await rejectionOf(hashing)).toMatchObject({ name: 'AbortError' });
  });

  it('ends with the hasher', async () => {
    const { hasher, hash } = scene();
    const hashing = hash(sourceOf(fileOf(MiB + 1)), 0, MiB + 1);
    await vi.waitFor(() => expect(workers).toHaveLength(1));
    hasher.close();
    expect(await rejectionOf(hashing)).toMatchObject({ name: 'AbortError' });
    expect(workers[0]?.isTerminated).toBe(true);
  });
});
