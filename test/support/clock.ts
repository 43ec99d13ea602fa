import type { Clock } from '../../local/clock.ts';

/** A clock that stands still until it is moved. */
export interface MovableClock extends Clock {
  advance(milliseconds: number): void;
}

export const movableClock = (start = new Date('2026-03-01T12:00:00.000Z')): MovableClock => {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
};
