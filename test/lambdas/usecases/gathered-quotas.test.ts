import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quotas } from '../../../lambdas/ports.ts';
import { gatheredQuotas } from '../../../lambdas/usecases/gathered-quotas.ts';
import { memoryQuotas } from '../../support/memory-quotas.ts';

const at = new Date('2026-11-21T10:00:00.000Z');
const ref = { tenantId: 'north', ownerId: 'owner-1' };

/** Counts the writes that reservations cost. */
const counted = () => {
  const memory = memoryQuotas();
  let writes = 0;
  const quotas: Quotas = {
    ...memory,
    reserve: (...reservation) => {
      writes += 1;
      return memory.reserve(...reservation);
    },
    reserveMany: (...reservation) => {
      writes += 1;
      return memory.reserveMany(...reservation);
    },
  };
  return { memory, quotas: gatheredQuotas(quotas), writes: () => writes };
};

describe('reservations of one request', () => {
  it('are one write for each counter, where there is room for all', async () => {
    const { memory, quotas, writes } = counted();
    const limit = { documentsMax: 10, sizeBytesMax: 1000 };
    const own = [1, 2, 3].map((size) => quotas.reserve(ref, size, limit, at));
    const tenants = [4, 5].map((size) => quotas.reserve({ tenantId: 'north' }, size, limit, at));
    expect(await Promise.all([...own, ...tenants])).toEqual(Array(5).fill(undefined));
    expect(writes()).toBe(2);
    expect([...memory.counters.values()]).toMatchObject([
      { documents: 3, sizeBytes: 6 },
      { documents: 2, sizeBytes: 9 },
    ]);
  });

  it('are what they would be one by one, whatever the room', async () => {
    const size = fc.integer({ min: 1, max: 10 });
    const limits = fc.record({
      documentsMax: fc.integer({ min: 1, max: 8 }),
      sizeBytesMax: fc.integer({ min: 10, max: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(size, { maxLength: 12 }), limits, async (sizes, limit) => {
        const { memory, quotas } = counted();
        const alone = memoryQuotas();
        const together = await Promise.all(sizes.map((each) => quotas.reserve(ref, each, limit, at)));
        const one: unknown[] = [];
        for (const each of sizes) one.push(await alone.reserve(ref, each, limit, at));
        expect(together.map((refused) => refused === undefined)).toEqual(one.map((refused) => refused === undefined));
        const held = ({ counters }: typeof alone) =>
          [...counters.values()].map(({ documents, sizeBytes }) => [documents, sizeBytes]);
        expect(held(memory)).toEqual(held(alone));
      }),
    );
  });

  it('all fail where the table does', async () => {
    const broken = { ...memoryQuotas(), reserveMany: async () => Promise.reject(new Error('away')) };
    const quotas = gatheredQuotas(broken);
    const both = await Promise.allSettled([1, 2].map((size) => quotas.reserve(ref, size, undefined, at)));
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
