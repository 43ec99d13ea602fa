import { expect, it } from 'vitest';
import { startChild } from '../../bench/local-s3/child.ts';
import { bytes, inParallel } from '../../bench/local-s3/send.ts';

it.each([0, 1, 1024 ** 2, 2.5 * 1024 ** 2])('makes %d bytes', (sizeBytes) => {
  expect([...bytes(sizeBytes)].reduce((sum, { length }) => sum + length, 0)).toBe(sizeBytes);
});

it('works on all items, never on more at a time than it may', async () => {
  let running = 0;
  const done: number[] = [];
  await inParallel([1, 2, 3, 4, 5].values(), 2, async (item) => {
    running += 1;
    expect(running).toBeLessThanOrEqual(2);
    await Promise.resolve();
    running -= 1;
    done.push(item);
  });
  expect(done.toSorted()).toEqual([1, 2, 3, 4, 5]);
});

it('tells a command that is not there from a server that ends early', async () => {
  await expect(startChild('no-such-server', [])).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(startChild(process.execPath, ['-e', 'console.log("broken")'])).rejects.toThrow('broken');
});
