import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createPartHasher } from '../../../client/hash/part-hasher.ts';
import { type FileSource, sourceOf } from '../../../client/source.ts';
import { fileOf, rejectionOf } from '../support/with-cloud.ts';
import { FakeWorker, lastId } from './support/fake-worker.ts';

let workers: FakeWorker[] = [];
beforeEach(() => {
  workers = [];
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
    await (await import('../../../client/hash/worker-hasher.ts')).WorkerHasher;
    expect(workers).toHaveLength(0);
    hasher.prepare?.(file);
    await vi.waitFor(() => expect(workers).toHaveLength(1));
    expect(await answered(hash(file, 0, file.sizeBytes))).toBe(part);
    expect(workers).toHaveLength(1);
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
