import { randomBytes } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { describe, expect, it, vi } from 'vitest';
import { Command } from '../../../../local/s3/control/commands.ts';
import { createFaults } from '../../../../local/s3/control/faults.ts';
import { bucketName as Bucket, startTestS3, type TestS3 } from '../support/server.ts';

const start = async (...commands: unknown[]) => {
  const faults = createFaults();
  for (const command of commands) faults.arm(Command.parse(command));
  return { faults, s3: await startTestS3({ faults }) };
};

const put = (s3: TestS3, Body: string | Buffer = 'content', Key = 'k') =>
  s3.client.send(new PutObjectCommand({ Bucket, Key, Body }));
const get = async (s3: TestS3, Key = 'k') => {
  const { Body } = await s3.client.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};
const keysOf = async (s3: TestS3) =>
  ((await s3.client.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key);

const codes = (calls: readonly PromiseSettledResult<unknown>[]) =>
  calls.map((call) => (call.status === 'rejected' ? call.reason.name : 'ok'));

describe('failing calls', () => {
  it('fail as often as asked, with the code and status of S3, and nothing was done', async () => {
    const { s3, faults } = await start({ kind: 'fail', operation: 'PutObject', code: 'SlowDown', count: 2 });
    await using _ = s3;
    await expect(put(s3)).rejects.toMatchObject({ name: 'SlowDown', $metadata: { httpStatusCode: 503 } });
    expect(await keysOf(s3)).toEqual([]);
    expect(faults.list()).toMatchObject([{ id: 1, left: 1 }]);
    await expect(put(s3)).rejects.toMatchObject({ name: 'SlowDown' });
    expect(faults.list()).toEqual([]);
    await put(s3);
    expect(await keysOf(s3)).toEqual(['k']);
  });

  it('may have been done all the same', async () => {
    const { s3 } = await start({ kind: 'fail', operation: 'PutObject', code: 'InternalError', when: 'after' });
    await using _ = s3;
    await expect(put(s3)).rejects.toMatchObject({ name: 'InternalError', $metadata: { httpStatusCode: 500 } });
    expect(await keysOf(s3)).toEqual(['k']);
  });

  it('are picked by the seed, the same ones every time', async () => {
    const fates = async (seed: number) => {
      const { s3 } = await start({ kind: 'fail', code: 'ServiceUnavailable', count: 100, share: 0.5, seed });
      await using _ = s3;
      const calls: PromiseSettledResult<unknown>[] = [];
      for (let call = 0; call < 12; call++) calls.push(...(await Promise.allSettled([put(s3)])));
      return codes(calls);
    };
    const first = await fates(7);
    expect(new Set(first)).toEqual(new Set(['ok', 'ServiceUnavailable']));
    expect(await fates(7)).toEqual(first);
    expect(await fates(8)).not.toEqual(first);
  });

  it('are of one operation, and of no other', async () => {
    const { s3 } = await start({ kind: 'fail', operation: 'GetObject', code: 'NoSuchKey' });
    await using _ = s3;
    await put(s3);
    await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
    await expect(get(s3)).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect((await get(s3)).toString()).toBe('content');
  });

  it('are forms by the name that S3 has for them, and all calls are forms too', async () => {
    const { s3, faults } = await start({ kind: 'fail', operation: 'PostObject', code: 'SlowDown' });
    await using _ = s3;
    const { url, fields } = await createPresignedPost(s3.client, { Bucket, Key: 'form' });
    const post = async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', new Blob(['content']));
      return (await fetch(url, { method: 'POST', body: form })).status;
    };
    await put(s3);
    expect([await post(), await post()]).toEqual([503, 204]);
    faults.arm(Command.parse({ kind: 'fail', code: 'InternalError' }));
    expect([await post(), await post()]).toEqual([500, 204]);
  });

  it('end when they are taken back', async () => {
    const { s3, faults } = await start({ kind: 'fail', code: 'SlowDown', count: 100 });
    await using _ = s3;
    await expect(put(s3)).rejects.toMatchObject({ name: 'SlowDown' });
    expect([faults.clear(99), faults.clear(1), faults.clear()]).toEqual([false, true, false]);
    await put(s3);
  });
});

describe('a connection that is cut', () => {
  const large = randomBytes(1_000_000);

  it.each([0, 5, 300_000])('within an upload, after %i bytes, leaves nothing behind', async (afterBytes) => {
    const { s3 } = await start({ kind: 'cut', operation: 'PutObject', body: 'request', afterBytes });
    await using _ = s3;
    using told = vi.spyOn(console, 'error');
    await expect(put(s3, afterBytes === 300_000 ? large : 'content')).rejects.toThrow();
    expect(await keysOf(s3)).toEqual([]);
    await put(s3);
    expect(await keysOf(s3)).toEqual(['k']);
    expect(told).not.toHaveBeenCalled();
  });

  it('within a download gives exactly the bytes before it', async () => {
    const { s3 } = await start({ kind: 'cut', operation: 'GetObject', body: 'answer', afterBytes: 700_001 });
    await using _ = s3;
    await put(s3, large);
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    const received: Buffer[] = [];
    await expect(async () => {
      for await (const chunk of Body as AsyncIterable<Buffer>) received.push(chunk);
    }).rejects.toThrow(/aborted/);
    expect(Buffer.concat(received).equals(large.subarray(0, 700_001))).toBe(true);
    expect((await get(s3)).equals(large)).toBe(true);
  });

  it('instead of an answer loses the answer, not the upload', async () => {
    const { s3 } = await start({ kind: 'cut', operation: 'PutObject', body: 'answer', afterBytes: 0 });
    await using _ = s3;
    await expect(put(s3)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(await keysOf(s3)).toEqual(['k']);
  });
});

describe('a slow connection', () => {
  const elapsedMs = async (work: () => Promise<unknown>) => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };

  it('lets both bodies pass whole, as slowly as asked', async () => {
    const { s3 } = await start({ kind: 'slow', count: 2, bytesPerSecond: 1_000_000 });
    await using _ = s3;
    const content = randomBytes(150_000);
    expect(await elapsedMs(() => put(s3, content))).toBeGreaterThan(140);
    expect(await elapsedMs(async () => expect((await get(s3)).equals(content)).toBe(true))).toBeGreaterThan(140);
  });

  it('begins late, and does not keep the server from stopping', async () => {
    const { s3 } = await start(
      { kind: 'slow', latencyMs: 100 },
      { kind: 'slow', operation: 'GetObject', latencyMs: 60_000 },
    );
    await using _ = s3;
    expect(await elapsedMs(() => put(s3))).toBeGreaterThan(95);
    const waiting = get(s3).catch((error: Error) => error.message);
    await put(s3, 'other', 'other');
    await s3.stop();
    expect(await waiting).toMatch(/hang up|ECONNRESET|abort/i);
  });
});
