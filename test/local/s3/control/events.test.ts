import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { Command } from '../../../../local/s3/control/commands.ts';
import { createFaults } from '../../../../local/s3/control/faults.ts';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from '../support/server.ts';

const queue = 'arn:aws:sqs:eu-central-1:111122223333:events';

const start = async (...commands: unknown[]) => {
  const faults = createFaults();
  for (const command of commands) faults.arm(Command.parse(command));
  const notifications = [{ event: 's3:ObjectCreated:*', queue }];
  return { faults, s3: await startTestS3({ faults, buckets: [{ ...versioned, notifications }] }) };
};

const putAll = async (s3: TestS3, keys: string) => {
  for (const Key of keys) await s3.client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
};

const keysOf = (s3: TestS3): string =>
  s3.delivered.map(({ body }) => JSON.parse(body).Records[0].s3.object.key).join('');

describe('events', () => {
  it('are dropped as many as asked, and never come back', async () => {
    const { s3 } = await start({ kind: 'drop-events', count: 2 });
    await using _ = s3;
    await putAll(s3, 'abcd');
    await expect.poll(() => keysOf(s3)).toBe('cd');
    await s3.restart();
    await putAll(s3, 'e');
    await expect.poll(() => keysOf(s3)).toBe('cde');
  });

  it('are doubled', async () => {
    const { s3 } = await start({ kind: 'duplicate-events', count: 1 });
    await using _ = s3;
    await putAll(s3, 'ab');
    await expect.poll(() => keysOf(s3)).toBe('aab');
    expect(new Set(s3.delivered.map(({ body }) => body)).size).toBe(2);
  });

  it('come late, while others pass them', async () => {
    const { s3 } = await start({ kind: 'delay-events', delayMs: 150 });
    await using _ = s3;
    const begun = performance.now();
    await putAll(s3, 'ab');
    await expect.poll(() => keysOf(s3), { interval: 5 }).toBe('b');
    await expect.poll(() => keysOf(s3), { interval: 5 }).toBe('ba');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(149);
  });

  it('come in another order, each once, when all that were asked for are there', async () => {
    const orderOf = async (seed: number) => {
      const { s3 } = await start({ kind: 'reorder-events', count: 4, seed });
      await using _ = s3;
      await putAll(s3, 'abc');
      expect(keysOf(s3)).toBe('');
      await putAll(s3, 'de');
      await expect.poll(() => keysOf(s3)).toHaveLength(5);
      // What was held is offered once more, and must not be delivered again.
      await s3.restart({ faults: createFaults() });
      await putAll(s3, 'f');
      await expect.poll(() => keysOf(s3)).toMatch(/f$/);
      return keysOf(s3);
    };
    const order = await orderOf(1);
    expect([...order.replace('e', '')].toSorted().join('')).toBe('abcdf');
    expect(order.replace('e', '')).not.toBe('abcdf');
    expect((await orderOf(1)).replace('e', '')).toBe(order.replace('e', ''));
  });

  it('that are held come when the fault is taken back', async () => {
    const { s3, faults } = await start({ kind: 'reorder-events', count: 10 });
    await using _ = s3;
    await putAll(s3, 'ab');
    await expect.poll(() => faults.list()).toMatchObject([{ left: 8 }]);
    expect(keysOf(s3)).toBe('');
    faults.clear();
    await expect.poll(() => keysOf(s3)).toBe('ab');
  });

  it('that are held outlive a restart', async () => {
    const { s3 } = await start({ kind: 'delay-events', delayMs: 60_000, count: 2 });
    await using _ = s3;
    await putAll(s3, 'ab');
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await s3.restart({ faults: createFaults() });
    await expect.poll(() => keysOf(s3)).toBe('ab');
  });
});
