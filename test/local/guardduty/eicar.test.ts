import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMatcher, eicar } from '../../../local/guardduty/eicar.ts';

const found = (...chunks: Uint8Array[]): boolean => {
  const matcher = createMatcher(eicar);
  for (const chunk of chunks) matcher.update(chunk);
  return matcher.found;
};

it('is the file that is published, by its length and SHA-256', () => {
  expect(eicar).toHaveLength(68);
  const sha256 = createHash('sha256').update(eicar).digest('hex');
  expect(sha256).toBe('275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f');
});

it('is found wherever a border of two chunks cuts it', () => {
  const [before, after] = [Buffer.alloc(100, 'x'), Buffer.alloc(100, 'y')];
  const all = Buffer.concat([before, eicar, after]);
  for (let at = 0; at <= all.length; at += 1) expect(found(all.subarray(0, at), all.subarray(at))).toBe(true);
  expect(found(...Array.from(all, (byte) => Buffer.of(byte)))).toBe(true);
});

/** Bytes that begin like the pattern again and again are the hard ones. */
const filling = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc.integer({ min: 0, max: 67 }).map((length) => new Uint8Array(eicar.subarray(0, length))),
  ),
  { maxLength: 6 },
);

it('is found in chunks of any sizes exactly where it is in the whole', () => {
  fc.assert(
    fc.property(filling, filling, fc.boolean(), fc.array(fc.nat({ max: 600 })), (before, after, isThere, cuts) => {
      const all = Buffer.concat([...before, ...(isThere ? [eicar] : []), ...after]);
      const borders = [0, ...cuts.map((cut) => Math.min(cut, all.length)).sort((a, b) => a - b), all.length];
      const chunks = borders.slice(1).map((end, index) => all.subarray(borders[index], end));
      expect(found(...chunks)).toBe(all.includes(eicar));
    }),
    { numRuns: 2000 },
  );
});

it('is in no file of this repository, which virus scanners would put away', () => {
  const root = join(import.meta.dirname, '../../..');
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  const paths = files.toString().split('\0').filter(Boolean);
  const infected = paths.filter((path) => {
    const file = join(root, path);
    return existsSync(file) && readFileSync(file).includes(eicar);
  });
  expect(paths.length).toBeGreaterThan(500);
  expect(infected).toEqual([]);
});
