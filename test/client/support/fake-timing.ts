import type { Timing } from '../../../client/timing.ts';

export interface FakeTiming extends Timing {
  /** Every pause that was asked for, in milliseconds. */
  readonly pauses: number[];
}

/** Time passes only by sleeping, and sleeping takes none. `random` is always the same. */
export function fakeTiming(random = 0.5): FakeTiming {
  const pauses: number[] = [];
  let now = Date.parse('2026-01-01T00:00:00.000Z');
  return {
    pauses,
    now: () => now,
    random: () => random,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      pauses.push(milliseconds);
      now += milliseconds;
    },
  };
}
