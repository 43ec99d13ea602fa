import { describe, expect, it } from 'vitest';
import { type Contender, measureInterleaved } from '../../bench/measure.ts';

/** Contenders on a clock that only they move, and the order in which they ran. */
const fakeWorld = (costsMs: Readonly<Record<string, (callIndex: number) => number>>) => {
  let nowMs = 0;
  const order: string[] = [];
  const contenders = Object.entries(costsMs).map(([name, cost]): Contender => {
    let calls = 0;
    const call = (): void => {
      order.push(name);
      nowMs += cost(calls++);
    };
    return { name, call };
  });
  return { contenders, order, now: () => nowMs };
};

describe('measureInterleaved', () => {
  it('gives the time of one call, whatever the number of calls in a sample', async () => {
    const { contenders, now, order } = fakeWorld({ fast: () => 0.5, slow: () => 20 });
    const samples = await measureInterleaved(contenders, { warmUpRounds: 4, rounds: 3, sampleMsMin: 10 }, now);
    expect(samples).toEqual([
      [0.5, 0.5, 0.5],
      [20, 20, 20],
    ]);
    const measured = order.slice(order.length - 3 * (20 + 1));
    expect(measured.filter((name) => name === 'fast')).toHaveLength(3 * 20);
    expect(measured.filter((name) => name === 'slow')).toHaveLength(3);
  });

  it('leaves the warm-up out of the samples', async () => {
    const { contenders, now } = fakeWorld({ a: (index) => (index < 2 ? 1000 : 1) });
    const samples = await measureInterleaved(contenders, { warmUpRounds: 2, rounds: 2, sampleMsMin: 0 }, now);
    expect(samples).toEqual([[1, 1]]);
  });

  it('runs all contenders in every round, each beginning with another', async () => {
    const { contenders, order, now } = fakeWorld({ a: () => 1, b: () => 1, c: () => 1 });
    await measureInterleaved(contenders, { warmUpRounds: 0, rounds: 4, sampleMsMin: 0 }, now);
    expect(order.join('')).toBe('abc' + 'bca' + 'cab' + 'abc');
  });

  it('waits for promises, within the time', async () => {
    let nowMs = 0;
    const call = async (): Promise<void> => {
      await Promise.resolve();
      nowMs += 3;
    };
    const samples = await measureInterleaved(
      [{ name: 'a', call }],
      { warmUpRounds: 1, rounds: 2, sampleMsMin: 0 },
      () => nowMs,
    );
    expect(samples).toEqual([[3, 3]]);
  });

  it('passes on what a contender throws: a failed call is no fast call', async () => {
    const failing = { name: 'a', call: () => Promise.reject(new Error('no answer')) };
    await expect(measureInterleaved([failing], { warmUpRounds: 0, rounds: 1, sampleMsMin: 0 })).rejects.toThrow(
      'no answer',
    );
  });
});
