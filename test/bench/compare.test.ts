import { describe, expect, it } from 'vitest';
import { type Comparison, groupOf } from '../../bench/compare.ts';

const call = (): void => undefined;
const comparison: Comparison = {
  name: 'group',
  contenders: [
    { name: 'peer', call },
    { name: 'ours', call, sizeBytes: 1234 },
  ],
  plan: { warmUpRounds: 0, rounds: 3, sampleMsMin: 0 },
  unit: 'µs',
  ratio: 'speed',
};
// The machine was ten times slower in the last round: the pairs of each round still agree.
const samples = [
  [10, 12, 100],
  [2, 2.4, 20],
];

describe('groupOf', () => {
  it('compares speed with the first contender, pair by pair', () => {
    const { reference, rows } = groupOf(comparison, samples);
    expect(reference).toBe('peer');
    expect(rows.map(({ name, ratio }) => [name, ratio])).toEqual([
      ['peer', { median: 1, p10: 1, p90: 1, samples: 3 }],
      ['ours', { median: 5, p10: 5, p90: 5, samples: 3 }],
    ]);
  });

  it('compares times the other way round', () => {
    const { rows } = groupOf({ ...comparison, ratio: 'time' }, samples);
    expect(rows[1]?.ratio.median).toBeCloseTo(0.2, 12);
    expect(rows[1]?.ratio.p90).toBeCloseTo(0.2, 12);
  });

  it('gives times in the unit asked for, and sizes where there are any', () => {
    const [peer, ours] = groupOf(comparison, samples).rows;
    expect(ours?.time.median).toBe(2400);
    expect(ours?.sizeBytes).toBe(1234);
    expect(peer).not.toHaveProperty('sizeBytes');
    expect(groupOf({ ...comparison, unit: 'ms' }, samples).rows[1]?.time.median).toBe(2.4);
  });

  it('throws where a contender has no samples', () => {
    expect(() => groupOf(comparison, [[1], []])).toThrow('No samples');
  });
});
