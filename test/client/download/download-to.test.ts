import { describe, expect, it } from 'vitest';
import type { DownloadProgress } from '../../../client/index.ts';
import { FileError, IntegrityError, NetworkError, StorageError } from '../../../client/index.ts';
import { rejectionOf } from '../support/with-cloud.ts';
import { bytesOf, documentId, expiredFault, type Fault, keeping, recorded, startScene } from './support/scene.ts';

const MiB = 1024 ** 2;
const once = { attemptsMax: 1, baseMilliseconds: 1, capMilliseconds: 1, retryAfterSecondsMax: 1 };
const small = bytesOf(3 * MiB);
const large = bytesOf(33 * MiB + 5);

const sceneOf = async (bytes = small, options = {}) => startScene(bytes, await recorded.declared(bytes), options);

describe('downloading to a stream', () => {
  it('takes a small file by one request without a range, and closes the stream', async () => {
    const { client, ranges, links } = await sceneOf();
    const target = keeping();
    expect(await client.downloadTo(documentId, target.stream)).toMatchObject({ id: documentId });
    expect(target.bytes().equals(small)).toBe(true);
    expect(target.how()).toBe('closed');
    expect([ranges, links()]).toEqual([[''], 1]);
  });

  it.each(Object.entries(recorded))('takes a large one by ranges, held to its hash (%s)', async (_, contentOf) => {
    const { client, ranges, links } = startScene(large, await contentOf(large));
    const target = keeping();
    await client.downloadTo(documentId, target.stream);
    expect(target.bytes().equals(large)).toBe(true);
    expect(target.how()).toBe('closed');
    const starts = [0, 8, 16, 24, 32].map((at) => at * MiB);
    const last = large.length - 1;
    expect(ranges).toEqual(starts.map((start) => `bytes=${start}-${Math.min(start + 8 * MiB - 1, last)}`));
    expect(links()).toBe(1);
  });

  it.each(Object.entries(recorded))('leaves nothing in place of which one bit is wrong (%s)', async (_, contentOf) => {
    const { client, faults } = startScene(large, await contentOf(large));
    faults.push(undefined, { kind: 'flip', atByte: 7 * MiB });
    const target = keeping();
    expect(await rejectionOf(client.downloadTo(documentId, target.stream))).toBeInstanceOf(IntegrityError);
    expect(target.how()).toBe('aborted');
    expect(target.why()).toBeInstanceOf(IntegrityError);
  });

  it('goes on behind the last byte that came', async () => {
    const { client, faults, ranges, links, timing } = await sceneOf();
    faults.push({ kind: 'cut', afterBytes: MiB }, { kind: 'unreachable' }, { kind: 'cut', afterBytes: 1 });
    const target = keeping();
    await client.downloadTo(documentId, target.stream);
    expect(target.bytes().equals(small)).toBe(true);
    const last = small.length - 1;
    expect(ranges).toEqual(['', `bytes=${MiB}-${last}`, `bytes=${MiB}-${last}`, `bytes=${MiB + 1}-${last}`]);
    expect(links()).toBe(1);
    expect(timing.pauses).toHaveLength(3);
  });

  it('is patient with a connection that always breaks, as long as bytes come', async () => {
    const { client, faults } = await sceneOf();
    faults.push(...Array.from({ length: 20 }, (): Fault => ({ kind: 'cut', afterBytes: 1000 })));
    const target = keeping();
    await client.downloadTo(documentId, target.stream);
    expect(target.bytes().equals(small)).toBe(true);
  });

  it('asks for one new link, however many requests the old one ran out under', async () => {
    const { client, faults, urls, links } = await sceneOf(large);
    faults.push(undefined, expiredFault, expiredFault, expiredFault);
    const target = keeping();
    await client.downloadTo(documentId, target.stream);
    expect(target.bytes().equals(large)).toBe(true);
    expect(links()).toBe(2);
    expect(urls.filter((url) => url.endsWith('/2'))).toHaveLength(4);
  });

  it('takes as many links as the time needs, while bytes come', async () => {
    const { client, faults, links } = await sceneOf();
    for (let times = 0; times < 5; times += 1) faults.push({ kind: 'cut', afterBytes: 1000 }, expiredFault);
    const target = keeping();
    await client.downloadTo(documentId, target.stream);
    expect(target.bytes().equals(small)).toBe(true);
    expect(links()).toBe(6);
  });

  it('holds four ranges and no more for a target that does not take them', async () => {
    const { client } = await sceneOf(bytesOf(70 * MiB));
    let bytesDone = 0;
    let bytesHeld = 0;
    const slow = new WritableStream<Uint8Array<ArrayBuffer>>({
      write: async () => {
        if (bytesHeld > 0) return;
        await new Promise((resolve) => setTimeout(resolve, 300));
        bytesHeld = bytesDone;
      },
    });
    await client.downloadTo(documentId, slow, {
      onProgress: (progress) => {
        bytesDone = progress.bytesDone;
      },
    });
    expect(bytesHeld).toBeGreaterThan(20 * MiB);
    expect(bytesHeld).toBeLessThan(34 * MiB);
  });

  it('gives up where every link has run out, in words', async () => {
    const { client, faults, links } = await sceneOf();
    faults.push(expiredFault, expiredFault, expiredFault, expiredFault);
    const target = keeping();
    const error = await rejectionOf(client.downloadTo(documentId, target.stream));
    expect(error).toBeInstanceOf(StorageError);
    expect(String(error)).toContain('ran out');
    expect(String(error)).not.toContain('storage.test');
    expect(links()).toBe(3);
    expect(target.how()).toBe('aborted');
  });

  it('takes no new link for a refusal that is none of time', async () => {
    const { client, faults, links } = await sceneOf();
    faults.push({ kind: 'refuse', status: 403, code: 'AccessDenied' });
    expect(await rejectionOf(client.downloadTo(documentId, keeping().stream))).toMatchObject({ code: 'AccessDenied' });
    expect(links()).toBe(1);
  });

  it('waits where the storage is busy', async () => {
    const { client, faults, timing } = await sceneOf();
    faults.push({ kind: 'refuse', status: 503, code: 'SlowDown' });
    const target = keeping();
    await client.downloadTo(documentId, target.stream);
    expect(target.how()).toBe('closed');
    expect(timing.pauses).toHaveLength(1);
  });

  it('takes what it needs of a storage that ignores ranges, and asks it for no more of them', async () => {
    const bytes = bytesOf(70 * MiB);
    const { client, faults, ranges } = await sceneOf(bytes);
    faults.push(...Array.from({ length: 30 }, (): Fault => ({ kind: 'whole' })));
    const target = keeping();
    await client.downloadTo(documentId, target.stream);
    expect(target.bytes().equals(bytes)).toBe(true);
    expect(ranges).toHaveLength(5);
    expect(ranges.at(-1)).toBe(`bytes=${32 * MiB}-${bytes.length - 1}`);
  });

  it.each<[string, Fault]>([
    ['of another range', { kind: 'other-range' }],
    ['longer than the record says', { kind: 'longer' }],
  ])('refuses an answer %s, wherever that comes from', async (_, fault) => {
    const { client, faults } = await sceneOf(large, { retryPolicy: once });
    faults.push(fault);
    const target = keeping();
    expect(await rejectionOf(client.downloadTo(documentId, target.stream))).toBeInstanceOf(IntegrityError);
    expect(target.how()).toBe('aborted');
  });

  it('fetches what a short answer left out', async () => {
    const { client, faults } = await sceneOf(large);
    faults.push({ kind: 'shorter', byBytes: 100 });
    const target = keeping();
    await client.downloadTo(documentId, target.stream);
    expect(target.bytes().equals(large)).toBe(true);
  });

  it('gives up a connection that stands still, and not one that waits for a slow target', async () => {
    // More than is fetched ahead, so that the connection does wait.
    const { client, faults } = await sceneOf(bytesOf(15 * MiB), { stallTimeoutMilliseconds: 100, retryPolicy: once });
    let isFirst = true;
    const slow = new WritableStream<Uint8Array<ArrayBuffer>>({
      write: async () => {
        if (isFirst) await new Promise((resolve) => setTimeout(resolve, 300));
        isFirst = false;
      },
    });
    await client.downloadTo(documentId, slow);
    faults.push({ kind: 'stall', afterBytes: MiB });
    expect(await rejectionOf(client.downloadTo(documentId, keeping().stream))).toBeInstanceOf(NetworkError);
  });

  it("stops with the signal's reason, and with it every request", async () => {
    const { client, ranges } = await sceneOf(large);
    const controller = new AbortController();
    const target = keeping();
    const onProgress = ({ fraction }: DownloadProgress) => fraction > 0.3 && controller.abort(new Error('enough'));
    const download = client.downloadTo(documentId, target.stream, { signal: controller.signal, onProgress });
    expect(await rejectionOf(download)).toBe(controller.signal.reason);
    expect(target.why()).toBe(controller.signal.reason);
    const asked = ranges.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ranges).toHaveLength(asked);
  });

  it('closes nothing that was stopped in the last moment', async () => {
    const { client } = await sceneOf();
    const controller = new AbortController();
    let written = 0;
    let ended = 'open';
    const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
      write: (chunk) => {
        written += chunk.byteLength;
        if (written === small.length) controller.abort();
      },
      close: () => {
        ended = 'closed';
      },
      abort: () => {
        ended = 'aborted';
      },
    });
    const stopped = await rejectionOf(client.downloadTo(documentId, stream, { signal: controller.signal }));
    expect([stopped, ended]).toEqual([controller.signal.reason, 'aborted']);
  });

  it('tells how far it is and never takes it back, with speed and time left', async () => {
    const { client, faults, timing } = await sceneOf(large);
    faults.push({ kind: 'cut', afterBytes: 5 * MiB }, { kind: 'cut', afterBytes: MiB });
    const told: DownloadProgress[] = [];
    await client.downloadTo(documentId, keeping().stream, {
      onProgress: (progress) => {
        told.push(progress);
        void timing.sleep(100, undefined);
      },
    });
    const done = told.map(({ bytesDone }) => bytesDone);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(told.at(-1)).toMatchObject({ fraction: 1, bytesDone: large.length, secondsLeft: 0 });
    const { bytesPerSecond = 0, secondsLeft = 0, bytesDone } = told[Math.floor(told.length / 2)] ?? {};
    // A chunk each tenth of a second.
    expect(bytesPerSecond).toBeGreaterThan(2_000_000);
    expect(bytesPerSecond).toBeLessThan(4_500_000);
    expect(secondsLeft).toBeCloseTo((large.length - (bytesDone ?? 0)) / bytesPerSecond);
  });

  it.each([
    ['QuotaExceededError', 'no-space'],
    ['NotAllowedError', 'unwritable'],
  ])('calls a target that fails with %s what it is: %s', async (name, reason) => {
    const { client } = await sceneOf();
    const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
      write: () => Promise.reject(new DOMException('No.', name)),
    });
    const error = await rejectionOf(client.downloadTo(documentId, stream));
    expect(error).toBeInstanceOf(FileError);
    expect(error).toMatchObject({ reason });
  });

  it('does not download what cannot be checked', async () => {
    const { sizeBytes, checksum } = await recorded.composite(small);
    const { algorithm = 'SHA256', type = 'COMPOSITE', value = '' } = checksum ?? {};
    const { client, ranges } = startScene(small, { sizeBytes, checksum: { algorithm, type, value } });
    const target = keeping();
    const error = await rejectionOf(client.downloadTo(documentId, target.stream));
    expect(error).toMatchObject({ name: 'IntegrityError', message: expect.stringContaining('Tell support') });
    expect([ranges, target.how()]).toEqual([[], 'aborted']);
  });
});
