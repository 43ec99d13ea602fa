import { describe, expect, it } from 'vitest';
import { sweep } from '../../../lambdas/usecases/sweep.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { documentsWorld } from '../../support/documents-world.ts';

const world = () => {
  const { deps } = documentsWorld({ now: '2026-11-21T12:00:00.000Z' });
  const run = sweep({ ...deps, failed: () => undefined, waits: () => undefined });
  return { deps, run: () => run({ requestId: 'sweep-1', limitPerShard: 50, hasTime: () => true }) };
};

describe('a sweep', () => {
  it('that cannot list one shard fails, but not before all the others ended: nothing may run on after it', async () => {
    const { deps, run } = world();
    const { listDue } = deps.documents;
    let ended = 0;
    deps.documents.listDue = async (query) => {
      if (query.shard === 0) throw new Error('throttled');
      await new Promise((resolve) => setImmediate(resolve));
      ended += 1;
      return listDue(query);
    };
    await expect(run()).rejects.toThrow('throttled');
    expect(ended).toBe(15);
  });

  it('says how many documents it settled', async () => {
    expect(await world().run()).toEqual({ settled: 1, failed: 0 });
  });

  describe('with more that is due than it has room or time for', () => {
    const crowded = async () => {
      const { deps } = world();
      const run = sweep({ ...deps, failed: () => undefined, waits: () => undefined });
      // In the shard of the one that is there, and overdue for longer, in this order.
      for (const minute of [3, 1, 2]) {
        const documentId = `01890a5d-ac96-774b-bcce-0000000000${minute}7`;
        await deps.documents.create(aRecord({ documentId, dueAt: `2026-11-21T11:0${minute}:00.000Z` }));
      }
      const left = () =>
        [...deps.documents.records.values()].filter(({ state }) => state === 'pending').map(({ dueAt }) => dueAt);
      return { run, left };
    };

    it('settles the longest overdue, so many of a shard, and the next goes on where it stopped', async () => {
      const { run, left } = await crowded();
      const input = { requestId: 'sweep-1', limitPerShard: 3, hasTime: () => true };
      expect(await run(input)).toEqual({ settled: 3, failed: 0 });
      expect(left()).toEqual(['2026-11-21T11:05:00.000Z']);
      expect(await run(input)).toEqual({ settled: 1, failed: 0 });
      expect(left()).toEqual([]);
    });

    it('begins none when its time is over, and the next goes on where it stopped', async () => {
      const { run, left } = await crowded();
      let looks = 0;
      const hasTime = () => ++looks <= 2;
      expect(await run({ requestId: 'sweep-1', limitPerShard: 50, hasTime })).toEqual({ settled: 2, failed: 0 });
      expect(left()).toEqual(['2026-11-21T11:05:00.000Z', '2026-11-21T11:03:00.000Z']);
      await run({ requestId: 'sweep-2', limitPerShard: 50, hasTime: () => true });
      expect(left()).toEqual([]);
    });
  });

  describe('with a counter among what is due', () => {
    const user = { tenantId: 'north-clinic', ownerId: 'owner-1' };
    const withCounter = async () => {
      const it = world();
      const { quotas, documents } = it.deps;
      await quotas.touch(user, new Date('2026-11-20T00:00:00.000Z'));
      const { listDue } = documents;
      documents.listDue = async (query) => [...(query.shard === 3 ? [user] : []), ...(await listDue(query))];
      return it;
    };

    it('recounts it', async () => {
      const { deps, run } = await withCounter();
      expect(await run()).toEqual({ settled: 2, failed: 0 });
      expect(await deps.quotas.find(user)).toMatchObject({ documents: 1 });
      expect(await deps.quotas.find(user)).not.toHaveProperty('dueAt');
    });

    it('puts it off where it cannot be recounted', async () => {
      const { deps, run } = await withCounter();
      deps.documents.list = async () => Promise.reject(new Error('throttled'));
      expect(await run()).toEqual({ settled: 1, failed: 1 });
      expect(await deps.quotas.find(user)).toMatchObject({ documents: 0, dueAt: '2026-11-21T12:40:00.000Z' });
    });
  });
});
