import { expect, it } from 'vitest';
import { randomBytes } from '../../../local/s3/random-bytes.ts';

it('gives no bytes twice, however many were asked for before', () => {
  const asked = Array.from({ length: 2000 }, (_, index) => randomBytes(16 + (index % 33)));
  expect(asked.map(({ length }) => length)).toEqual(asked.map((_, index) => 16 + (index % 33)));
  expect(new Set(asked.map((bytes) => bytes.toString('hex'))).size).toBe(asked.length);
  const starts = asked.map((bytes) => bytes.toString('hex', 0, 12));
  const ends = asked.map((bytes) => bytes.toString('hex', bytes.length - 12));
  expect(new Set([...starts, ...ends]).size).toBe(2 * asked.length);
});
