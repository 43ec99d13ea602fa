import { describe, expect, it } from 'vitest';
import { jitter, paces } from '../../client/schedule.ts';
import { problem } from './support/fake-cloud.ts';
import { fileOf, withCloud } from './support/with-cloud.ts';

const shortened = (pause: number) => pause * (1 - jitter * 0.5);
const looksOf = (requests: readonly string[]) => requests.filter((request) => request.startsWith('GET')).length;

describe('waiting for the outcome', () => {
  it('asks with the tag of what was seen last, the declaration included, and is not sent it again', () =>
    withCloud(async ({ cloud, client }) => {
      cloud.states = ['pending', 'pending', 'scanning', 'scanning', 'available'];
      const seen: unknown[] = [];
      expect(await client.upload(fileOf(10), { onDocument: (document) => seen.push(document) })).toMatchObject({
        state: 'available',
        revision: 3,
      });
      expect(cloud.statuses).toEqual([201, 200, 304, 304, 200, 304, 200]);
      expect(seen[1]).toBe(seen[0]);
      expect(seen.map((document) => (document as { state: string }).state)).toEqual([
        'pending',
        'pending',
        'pending',
        'scanning',
        'scanning',
        'available',
      ]);
    }));

  it('looks fast at first, then in growing pauses, and begins slowly again with the scan', () =>
    withCloud(async ({ cloud, client, timing }) => {
      cloud.states = ['pending', 'pending', 'scanning', 'scanning', 'available'];
      await client.upload(fileOf(10));
      const { pending, scanning } = paces;
      const expected = [
        pending.firstMilliseconds,
        pending.firstMilliseconds * pending.growth,
        pending.firstMilliseconds * pending.growth ** 2,
        scanning.firstMilliseconds,
        scanning.firstMilliseconds * scanning.growth,
      ];
      expect(timing.pauses).toEqual(expected.map((pause) => expect.closeTo(shortened(pause))));
    }));

  it('looks at once at a document that it knows nothing of, and no more where it is settled', () =>
    withCloud(async ({ cloud, client, timing }) => {
      const { id } = await client.upload(fileOf(10));
      const before = cloud.requests.length;
      timing.pauses.length = 0;
      expect(await client.waitForOutcome(id)).toMatchObject({ state: 'available' });
      expect([cloud.requests.length - before, timing.pauses]).toEqual([1, []]);
    }));

  it('never gives up by itself, and tells once that it takes long', () =>
    withCloud(async ({ cloud, client, timing }) => {
      cloud.states = [...Array.from({ length: 300 }, () => 'scanning' as const), 'rejected'];
      const slow: string[] = [];
      const begun = timing.now();
      const document = await client.upload(fileOf(10), {
        onSlow: ({ state }) => slow.push(`${state} after ${Math.round((timing.now() - begun) / 10_000)}0 s`),
      });
      expect(document.state).toBe('rejected');
      expect(timing.now() - begun).toBeGreaterThan(3600_000);
      expect(slow).toEqual(['scanning after 20 s']);
    }));

  it('returns the document as it is when it is told how long to wait', () =>
    withCloud(
      async ({ cloud, client, timing }) => {
        cloud.states = ['scanning'];
        const begun = timing.now();
        expect(await client.upload(fileOf(10))).toMatchObject({ state: 'scanning' });
        expect(timing.now() - begun).toBeGreaterThanOrEqual(30_000);
        expect(timing.now() - begun).toBeLessThan(30_000 + paces.scanning.longestMilliseconds);
      },
      { outcomeWaitMilliseconds: 30_000 },
    ));

  it('honours what a busy service asks for, and goes on', () =>
    withCloud(async ({ cloud, client, timing }) => {
      cloud.states = ['pending', 'available'];
      const busy = problem('too-many-requests', 429, 'Wait.');
      cloud.faults.push({ on: /^GET/, answer: { ...busy, headers: { ...busy.headers, 'retry-after': '20' } } });
      expect(await client.upload(fileOf(10))).toMatchObject({ state: 'available' });
      expect(timing.pauses.filter((pause) => pause >= 20_000)).toHaveLength(1);
    }));

  it('asks nothing while nobody is there, and at once and fast again for who comes back', () => {
    const absences: (() => void)[] = [];
    let away = 0;
    const presence = {
      untilPresent: async () => {
        if (away === 0) return false;
        away -= 1;
        for (const absence of absences) absence();
        return true;
      },
    };
    return withCloud(
      async ({ cloud, client, timing }) => {
        cloud.states = [...Array.from({ length: 8 }, () => 'pending' as const), 'available'];
        let looks = 0;
        const asked: number[] = [];
        absences.push(() => asked.push(looksOf(cloud.requests)));
        await client.upload(fileOf(10), {
          onDocument: () => {
            looks += 1;
            if (looks === 6) away = 1;
          },
        });
        expect(asked).toEqual([5]);
        const { firstMilliseconds, growth } = paces.pending;
        expect(timing.pauses[5]).toBeCloseTo(shortened(firstMilliseconds * growth ** 5));
        expect(timing.pauses[6]).toBe(shortened(firstMilliseconds));
      },
      { presence },
    );
  });
});
