import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../../client/engine/limiter.ts';
import { createLane, createQueue, type Lane } from '../../../client/engine/queue.ts';

const { signal: never } = new AbortController();
const queueOf = (limit: number, largeMax = limit) =>
  createQueue({ limiter: createLimiter({ start: limit, max: () => limit }), largeMax: () => largeMax, now: () => 0 });

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Queues one transfer after the other of each file, and tells whose turn it was when, each taking as long. */
async function turnsOf(
  limit: number,
  files: readonly { lane: Lane; name: string; count: number }[],
): Promise<string[]> {
  const queue = queueOf(limit);
  const turns: string[] = [];
  // All of them are there before the first has its turn.
  const leaves: (() => void)[] = [];
  for (let one = 0; one < limit; one += 1) leaves.push(await queue.enter(createLane('large'), never));
  for (const { lane, name, count } of files)
    for (let one = 0; one < count; one += 1)
      void queue.enter(lane, never).then((leave) => {
        turns.push(name);
        leaves.push(leave);
      });
  await settle();
  while (leaves.length > 0) {
    expect(leaves.length).toBeLessThanOrEqual(limit);
    leaves.shift()?.();
    await settle();
  }
  return turns;
}

describe('the queue', () => {
  it('lets files take turns', async () => {
    const files = ['a', 'b', 'c'].map((name) => ({ lane: createLane('large'), name, count: 3 }));
    expect((await turnsOf(1, files)).join('')).toBe('abcabcabc');
  });

  it('has a small file never wait for more than one part of a large one', async () => {
    const large = { lane: createLane('large'), name: 'L', count: 10 };
    const small = ['a', 'b', 'c'].map((name) => ({ lane: createLane('small'), name, count: 1 }));
    const turns = await turnsOf(2, [large, ...small]);
    expect(turns.join('').slice(0, turns.indexOf('c'))).not.toContain('LL');
  });

  it('has no flood of small files starve a large one', async () => {
    const small = Array.from({ length: 50 }, () => ({ lane: createLane('small'), name: 's', count: 1 }));
    const large = { lane: createLane('large'), name: 'L', count: 20 };
    const turns = await turnsOf(4, [...small, large]);
    expect(turns.slice(0, 30).filter((name) => name === 'L').length).toBeGreaterThanOrEqual(6);
  });

  it('never has more under way than the limit, and everybody comes in the end', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.tuple(fc.constantFrom('small' as const, 'large' as const), fc.integer({ min: 1, max: 5 })), {
          maxLength: 8,
        }),
        async (limit, files) => {
          const named = files.map(([kind, count], index) => ({ lane: createLane(kind), name: String(index), count }));
          const turns = await turnsOf(limit, named);
          for (const { name, count } of named) expect(turns.filter((turn) => turn === name)).toHaveLength(count);
        },
      ),
      { numRuns: 50 },
    ));

  it('gives large files no more than the connections that they have, and what is over to small ones', async () => {
    const queue = queueOf(4, 2);
    const [large, other, small] = [createLane('large'), createLane('large'), createLane('small')];
    const entered: string[] = [];
    const enter = (lane: Lane, name: string) =>
      queue.enter(lane, never).then((leave) => {
        entered.push(name);
        return leave;
      });
    const first = enter(large, 'large 1');
    for (const name of ['large 2', 'large 3']) void enter(large, name);
    void enter(other, 'other');
    await settle();
    expect([entered, queue.hasSmall()]).toEqual([['large 1', 'large 2'], false]);
    for (const name of ['small 1', 'small 2', 'small 3']) void enter(small, name);
    await settle();
    expect([entered, queue.hasSmall()]).toEqual([['large 1', 'large 2', 'small 1', 'small 2'], true]);
    (await first)();
    await settle();
    expect(entered).toEqual(['large 1', 'large 2', 'small 1', 'small 2', 'large 3']);
  });

  it('lets go whoever gives up waiting, and nobody else', async () => {
    const queue = queueOf(1);
    const lane = createLane('large');
    const leave = await queue.enter(lane, never);
    const controller = new AbortController();
    const given = queue.enter(lane, controller.signal);
    const other = queue.enter(createLane('small'), never);
    const waiting = queue.enter(lane, never);
    controller.abort(new Error('left'));
    await expect(given).rejects.toThrow('left');
    leave();
    (await waiting)();
    (await other)();
    await expect(queue.enter(lane, controller.signal)).rejects.toThrow('left');
    expect(lane.waiting).toEqual([]);
  });

  it('counts a turn as over once, however often it is said', async () => {
    const queue = queueOf(1);
    const leave = await queue.enter(createLane('small'), never);
    leave();
    leave();
    await queue.enter(createLane('small'), never);
    let isSecondIn = false;
    void queue.enter(createLane('small'), never).then(() => {
      isSecondIn = true;
    });
    await settle();
    expect(isSecondIn).toBe(false);
  });
});
