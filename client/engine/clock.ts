import type { Timing } from '../timing.ts';

/** Links live five minutes at most, see `limits`; what is more is a clock that goes wrong. */
const lifeMillisecondsMax = 900_000;
/** A request needs a moment to reach the storage, which looks at the time when it gets its head. */
const marginMilliseconds = 10_000;

/**
 * Until when by the clock of this device something may be used that ends at `expiresAt` by that of the service. The
 * service tells its time in `Date` (RFC 9110 section 6.6.1), where pages of other origins may not read it; then the clock
 * of this device has to do, and where it cannot be right nothing is known: the storage will say so when it is over.
 */
export function usableUntil(expiresAt: string, date: string | null | undefined, askedAt: number): number {
  const there = Date.parse(date ?? '');
  const life = Date.parse(expiresAt) - (Number.isNaN(there) ? askedAt : there);
  const isKnown = !Number.isNaN(there) || (life > marginMilliseconds && life <= lifeMillisecondsMax);
  return isKnown ? askedAt + life - marginMilliseconds : Number.POSITIVE_INFINITY;
}

export const isUsable = (until: number, timing: Timing): boolean => timing.now() < until;
