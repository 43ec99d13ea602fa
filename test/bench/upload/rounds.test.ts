import { expect, it } from 'vitest';
import { measureRounds } from '../../../bench/upload/rounds.ts';

it('lets each contender begin a round in its turn, and keeps what they took but for warming up', async () => {
  const order: string[] = [];
  const contender = (name: string, times: number[]) => ({
    name,
    run: async () => {
      order.push(name);
      return times.shift() ?? Number.NaN;
    },
  });
  const contenders = [contender('a', [9, 1, 2]), contender('b', [8, 3, 4])];
  expect(await measureRounds(contenders, { storedBytes: 0, warmUpRounds: 1, rounds: 2 })).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(order.join('')).toBe('abbaab');
});
