import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { measureRounds } from '../../../bench/upload/rounds.ts';

it('lets each contender begin a round in its turn with nothing left of others, and keeps what they took but for warming up', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sealdrop-rounds-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const stored = join(directory, 'peers', 'objects', 'one');
  mkdirSync(join(stored, '..'), { recursive: true });
  const sizes: number[] = [];
  const order: string[] = [];
  const contender = (name: string, times: number[]) => ({
    name,
    run: async () => {
      order.push(name);
      if (order.length > 1) sizes.push(statSync(stored).size);
      writeFileSync(stored, 'bytes');
      return times.shift() ?? Number.NaN;
    },
  });
  const contenders = [contender('a', [9, 1, 2]), contender('b', [8, 3, 4])];
  expect(await measureRounds(contenders, { directory, storedBytes: 1, warmUpRounds: 1, rounds: 2 })).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(order.join('')).toBe('abbaab');
  expect([sizes, readdirSync(directory)]).toEqual([[0, 0, 0, 0, 0], ['peers']]);
});
