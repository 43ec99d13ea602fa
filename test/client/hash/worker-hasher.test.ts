import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HashingError } from '../../../client/errors.ts';
import { createPartHasher } from '../../../client/hash/part-hasher.ts';
import { WorkerHasher } from '../../../client/hash/worker-hasher.ts';
import { sourceOf } from '../../../client/source.ts';
import { fileOf, rejectionOf } from '../support/with-cloud.ts';
import { FakeWorker, lastId } from './support/fake-worker.ts';

let workers: FakeWorker[] = [];
beforeEach(() => {
  workers = [];
});
afterEach(() => vi.useRealTimers());

/** There are no workers in Node. */
const here = createPartHasher();

const scene = () => {
  const make = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  const hasher = new WorkerHasher(make, here);
  const controller = new AbortController();
  const source = sourceOf(fileOf(10));
  const hash = () => hasher.hash(source, 2, 6, 'CRC64NVME', controller.signal);
  return { hasher, controller, source, hash };
};

const part = { checksum: 'of the worker' };

describe('hashing in a worker', () => {
  it('asks one worker for a range of the file and takes each answer for its part', async () => {
    const { hash } = scene();
    const [first, second] = [hash(), hash()];
    const [worker] = workers;
    worker?.say({ kind: 'ready' });
    const [one, two] = worker?.asked ?? [];
    expect(one).toMatchObject({ kind: 'hash', start: 2, end: 6, algorithm: 'CRC64NVME' });
    expect(one?.kind === 'hash' && one.blob.size).toBe(10);
    worker?.say({ kind: 'hashed', id: two?.id ?? 0, part: { checksum: 'second' } });
    worker?.say({ kind: 'hashed', id: one?.id ?? 0, part });
    expect([await first, await second]).toEqual([part, { checksum: 'second' }]);
    expect(workers).toHaveLength(1);
  });

  it('calls parts of one file parts of one file', () => {
    const { hasher, source, hash, controller } = scene();
    void hash();
    void hasher.hash(source, 6, 10, 'SHA256', controller.signal);
    void hasher.hash(sourceOf(fileOf(10)), 0, 10, 'SHA256', controller.signal);
    const files = workers[0]?.asked.map((message) => message.kind === 'hash' && message.fileId) ?? [];
    expect(files[1]).toBe(files[0]);
    expect(files[2]).not.toBe(files[0]);
  });

  it('starts its worker before there is anything to hash, where it is told to', async () => {
    const { hasher, source, hash } = scene();
    const { slice: _, ...uncut } = source;
    hasher.prepare(uncut);
    expect(workers).toHaveLength(0);
    hasher.prepare(source);
    expect(workers).toHaveLength(1);
    const hashing = hash();
    workers[0]?.say({ kind: 'ready' });
    workers[0]?.say({ kind: 'hashed', id: lastId(workers[0]), part });
    expect(await hashing).toBe(part);
    expect(workers).toHaveLength(1);
  });

  it('tells what the worker could not read, and what it could not do', async () => {
    const { hash } = scene();
    const unreadable = hash();
    workers[0]?.say({ kind: 'ready' });
    workers[0]?.say({ kind: 'unreadable', id: lastId(workers[0]) });
    expect(await rejectionOf(unreadable)).toMatchObject({ reason: 'unreadable' });
    const failed = hash();
    workers[0]?.say({ kind: 'failed', id: lastId(workers[0]), message: 'CompileError' });
    expect(await rejectionOf(failed)).toMatchObject({ message: 'CompileError' });
  });

  it('stops the worker where it is aborted, and takes no late answer', async () => {
    const { hash, controller } = scene();
    const hashing = hash();
    workers[0]?.say({ kind: 'ready' });
    const id = lastId(workers[0]);
    controller.abort(new Error('enough'));
    workers[0]?.say({ kind: 'hashed', id, part });
    expect(await rejectionOf(hashing)).toBe(controller.signal.reason);
    expect(workers[0]?.asked.at(-1)).toEqual({ kind: 'abort', id });
    expect(await rejectionOf(hash())).toBe(controller.signal.reason);
  });

  it('hashes here what a worker that cannot start was asked, and asks none again', async () => {
    const { hash } = scene();
    const [first, second] = [hash(), hash()];
    workers[0]?.fail();
    expect((await first).bytes).toHaveLength(4);
    expect(await second).toEqual(await first);
    expect(await hash()).toEqual(await first);
    expect(workers).toHaveLength(1);
  });

  it('hashes here where the policy of the page allows no worker', async () => {
    const make = vi.fn(() => {
      throw new DOMException('Refused.', 'SecurityError');
    });
    const { signal } = new AbortController();
    const hasher = new WorkerHasher(make, here);
    for (let times = 0; times < 2; times += 1)
      expect((await hasher.hash(sourceOf(fileOf(10)), 0, 10, 'CRC64NVME', signal)).bytes).toHaveLength(10);
    expect(make).toHaveBeenCalledOnce();
  });

  it('does not wait for ever for a worker that never says anything', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { hash } = scene();
    const hashing = hash();
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await hashing).bytes).toHaveLength(4);
    expect(workers[0]?.isTerminated).toBe(true);
  });

  it('lets a worker that has started take as long as it needs', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { hash } = scene();
    const hashing = hash();
    workers[0]?.say({ kind: 'ready' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(workers[0]?.isTerminated).toBe(false);
    workers[0]?.say({ kind: 'hashed', id: lastId(workers[0]), part });
    expect(await hashing).toBe(part);
  });

  it('calls a worker that dies an error once, and takes another', async () => {
    const { hash } = scene();
    const lost = hash();
    workers[0]?.say({ kind: 'ready' });
    workers[0]?.fail();
    expect(await rejectionOf(lost)).toBeInstanceOf(HashingError);
    expect(await rejectionOf(lost)).toMatchObject({ retryable: true });
    const again = hash();
    expect(workers).toHaveLength(2);
    workers[1]?.say({ kind: 'ready' });
    workers[1]?.say({ kind: 'hashed', id: lastId(workers[1]), part });
    expect(await again).toBe(part);
  });

  it('reads here what cannot be cut without reading', async () => {
    const { hasher, source } = scene();
    const { slice: _, ...uncut } = source;
    const { bytes } = await hasher.hash(uncut, 0, 10, 'CRC64NVME', new AbortController().signal);
    expect(bytes).toHaveLength(10);
    expect(workers).toHaveLength(0);
  });

  it('ends the worker and what it does when it is closed', async () => {
    const { hasher, hash } = scene();
    const hashing = hash();
    workers[0]?.say({ kind: 'ready' });
    hasher.close();
    expect(await rejectionOf(hashing)).toMatchObject({ name: 'AbortError' });
    expect(workers[0]?.isTerminated).toBe(true);
  });
});
