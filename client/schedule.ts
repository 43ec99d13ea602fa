import type { DocumentState } from '../contract/states.ts';

/** Pauses between two looks at a document that is not settled yet. Milliseconds. */
export interface Pace {
  readonly firstMilliseconds: number;
  /** How much each pause is longer than the one before. */
  readonly growth: number;
  readonly longestMilliseconds: number;
}

/**
 * What a million waits cost by these is in docs/adr/030-waiting.md.
 *
 * - `pending`: what was sent is verified within a second or two, so it is asked for fast at first. What takes longer
 *   waits for an event to be delivered again or for the sweeper: minutes, and nobody gains by asking each second.
 * - `scanning`: a scan takes some seconds for a small file and minutes for a large one.
 */
export const paces = {
  pending: { firstMilliseconds: 700, growth: 1.7, longestMilliseconds: 15_000 },
  scanning: { firstMilliseconds: 3000, growth: 1.5, longestMilliseconds: 30_000 },
} as const satisfies Partial<Record<DocumentState, Pace>>;

/** Each pause is shortened by chance up to this part, so that clients that began together part. */
export const jitter = 0.25;

const paceOf = (state: DocumentState): Pace => (state === 'pending' ? paces.pending : paces.scanning);

export interface Schedule {
  /** The pause before the next look, by the state that was seen last. Starts over where the state is another. */
  next(state: DocumentState): number;
  /** Starts over: somebody is back and wants to know. */
  restart(): void;
}

/** `random` from 0 (inclusive) to 1 (exclusive). */
export function createSchedule(random: () => number): Schedule {
  let seen: DocumentState | undefined;
  let pause = 0;
  return {
    next(state) {
      const { firstMilliseconds, growth, longestMilliseconds } = paceOf(state);
      pause = state === seen ? Math.min(longestMilliseconds, pause * growth) : firstMilliseconds;
      seen = state;
      return pause * (1 - jitter * random());
    },
    restart() {
      seen = undefined;
    },
  };
}
