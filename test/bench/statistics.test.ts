import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile, summarize } from '../../bench/statistics.ts';

describe('quantile', () => {
  it.each([
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[10, 20, 30, 40, 50], 0.1, 14],
    [[10, 20, 30, 40, 50], 0.9, 46],
    [[7], 0.9, 7],
    [[2, 10, 9], 0, 2],
    [[2, 10, 9], 1, 10],
  ])('of %j at %d is %d', (samples, q, expected) => {
    expect(quantile(samples, q)).toBeCloseTo(expected, 12);
  });

  it('throws where there are no samples', () => {
    expect(() => quantile([], 0.5)).toThrow('No samples');
  });

  it('depends on the samples, not on their order, and stays within them', () => {
    const samples = fc.array(fc.nat(), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(samples, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const original = [...values];
        const found = quantile(values, q);
        expect(quantile(values.toReversed(), q)).toBe(found);
        expect(values).toEqual(original);
        expect(found).toBeGreaterThanOrEqual(Math.min(...values));
        expect(found).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });
});

describe('summarize', () => {
  it('gives the middle, a tenth from each end, and how many samples there were', () => {
    const samples = Array.from({ length: 101 }, (_, index) => 100 - index);
    expect(summarize(samples)).toEqual({ median: 50, p10: 10, p90: 90, samples: 101 });
  });

  it('is not moved by one sample that something else disturbed', () => {
    expect(summarize([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 1000])).toEqual({ median: 5, p10: 5, p90: 5, samples: 11 });
  });
});
