import { seeded } from '../../hostile/support/late.ts';

/** Everything that is drawn for one request, decided by its seed alone. */
export interface Draw {
  /** From 0 to below `limit`, whole. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
}

export const drawBy = (seed: number): Draw => {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    chance: (probability) => random() < probability,
    pick: <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value,
  };
};
