import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../contract/limits.ts';
import { partRangeOf, partSizeBytesOf, partsCountOf } from '../../contract/parts.ts';
import { partSizeBytesMax } from '../../lambdas/signing/presign-parts.ts';

const GiB = 1024 ** 3;
const sizes = fc.oneof(
  fc.integer({ min: 1, max: 100 * 1024 ** 2 }),
  fc.double({ min: 1, max: limits.objectSizeBytesMax, noNaN: true }).map(Math.floor),
);

describe('the parts of a file', () => {
  it('are at most 10,000, of sizes that S3 takes, whatever the size of the file', () => {
    fc.assert(
      fc.property(sizes, (sizeBytes) => {
        const partSizeBytes = partSizeBytesOf(sizeBytes);
        expect(partSizeBytes).toBeGreaterThanOrEqual(limits.partSizeBytesMin);
        expect(partSizeBytes).toBeLessThanOrEqual(partSizeBytesMax);
        expect(partsCountOf(sizeBytes, partSizeBytes)).toBeLessThanOrEqual(limits.partsMax);
      }),
    );
  });

  it('are all of it, each byte once, and none is empty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 * GiB }), (sizeBytes) => {
        const partSizeBytes = partSizeBytesOf(sizeBytes);
        const count = partsCountOf(sizeBytes, partSizeBytes);
        let next = 0;
        for (let number = 1; number <= count; number += 1) {
          const { start, end } = partRangeOf(number, sizeBytes, partSizeBytes);
          expect([start, end > start]).toEqual([next, true]);
          if (number < count) expect(end - start).toBe(partSizeBytes);
          next = end;
        }
        expect(next).toBe(sizeBytes);
        const beyond = partRangeOf(count + 1, sizeBytes, partSizeBytes);
        expect(beyond.end - beyond.start).toBe(0);
      }),
    );
  });

  it.each([
    [1, 8 * 1024 ** 2, 1],
    [512 * 1024 ** 2, 8 * 1024 ** 2, 64],
    [512 * 1024 ** 2 + 1, 9 * 1024 ** 2, 57],
    [1024 ** 3, 16 * 1024 ** 2, 64],
    [160_000 * 1024 ** 2, 16 * 1024 ** 2, 10_000],
    [160_000 * 1024 ** 2 + 1, 17 * 1024 ** 2, 9412],
    [limits.objectSizeBytesMax, partSizeBytesMax, 10_000],
  ])('of %i bytes have %i each and are %i', (sizeBytes, partSizeBytes, count) => {
    expect(partSizeBytesOf(sizeBytes)).toBe(partSizeBytes);
    expect(partsCountOf(sizeBytes, partSizeBytes)).toBe(count);
  });
});
