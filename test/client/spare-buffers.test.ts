import { expect, it } from 'vitest';
import { spareBuffers } from '../../client/spare-buffers.ts';

it('gives what was given back to who wants as much, once, and keeps no more than it is told to', () => {
  const spare = spareBuffers(2);
  const [first, second, third] = [new ArrayBuffer(8), new ArrayBuffer(8), new ArrayBuffer(9)];
  for (const buffer of [first, second, third]) spare.giveBack(buffer);
  expect(spare.take(9)).toBe(third);
  expect(spare.take(8)).toBe(second);
  expect(spare.take(8)).not.toBe(first);
  expect(spare.take(7).byteLength).toBe(7);
});
