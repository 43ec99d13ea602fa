import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDelivery } from '../../../local/s3/events/delivery.ts';
import type { Outbox, StoredMessage } from '../../../local/s3/store/outbox.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const outboxOf = (...bodies: string[]) => {
  let messages: StoredMessage[] = bodies.map((body, index) => ({ id: index + 1, queueArn: 'queue', body }));
  return {
    add: () => undefined,
    next: vi.fn<Outbox['next']>((afterId) => messages.filter(({ id }) => id > afterId)),
    remove: vi.fn<Outbox['remove']>((removed) => {
      messages = messages.filter(({ id }) => id !== removed);
    }),
  };
};

describe('an outbox that fails', () => {
  it.each(['next', 'remove'] as const)('at %s is told of and tried again, later and later', async (method) => {
    const outbox = outboxOf('a');
    const faults: string[] = [];
    const delivered: string[] = [];
    for (const _ of [1, 2]) {
      outbox[method].mockImplementationOnce(() => {
        throw new Error('disk is full');
      });
    }
    const delivery = startDelivery(
      outbox,
      async ({ body }) => void delivered.push(body),
      (what, cause) => faults.push(`${what}: ${cause}`),
    );

    await vi.advanceTimersByTimeAsync(99);
    expect(faults).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(faults).toEqual(Array(2).fill('The outbox of S3 could not be read or written: Error: disk is full'));
    await vi.advanceTimersByTimeAsync(200);
    expect(outbox.next(0, 20)).toEqual([]);
    expect(delivered).toContain('a');
    expect(faults).toHaveLength(2);
    await delivery.close();
  });
});
