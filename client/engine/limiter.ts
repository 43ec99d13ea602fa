import { createEpoch } from './epoch.ts';

/**
 * How many transfers may be under way at once, found by trying (hill climbing): while more connections bring more bytes
 * per second there are more, and where fewer bring as many there are fewer. A storage that says it is overloaded, or a
 * connection that stands still, halves them. Pure: bytes and times come from outside, times in milliseconds of one clock.
 */
export interface Limiter {
  readonly limit: number;
  /** How many there are from now on. Only what is measured with all of them busy says anything about their number. */
  onActive(active: number, now: number): void;
  onBytes(bytes: number, now: number): void;
  /** A small file is about to be sent: it waits for round trips and not for the line, so until anything is known all may be. */
  onSmall(): void;
  /** A transfer that began at `begunAt` failed in a way that fewer would help against. */
  onTrouble(begunAt: number, now: number): void;
}

export interface LimiterOptions {
  readonly start: number;
  /** May become more or less. */
  readonly max: () => number;
}

/**
 * `epochMilliseconds`: one measurement. `settleMilliseconds`: before it, in which connections that are new come up to
 * speed. `growth`: how many more are tried, of those that there are. `reportsPerTransfer`: what a measurement takes at
 * least, for reports of bytes may come three or four times for a whole part.
 */
interface Pace {
  readonly epochMilliseconds: number;
  readonly settleMilliseconds: number;
  readonly growth: number;
  readonly reportsPerTransfer: number;
}

/** Until the first try that brings nothing: an upload may last seconds, and what is found out by then is of no use. */
const hasty: Pace = { epochMilliseconds: 250, settleMilliseconds: 125, growth: 1, reportsPerTransfer: 1 };
const careful: Pace = { epochMilliseconds: 500, settleMilliseconds: 250, growth: 0.5, reportsPerTransfer: 4 };
/** Of the gain that as many connections could bring more are worth it from here … */
const growShare = 0.5;
/** … and of what as many could lose, fewer may cost this much. The gap between them keeps it from swinging. */
const shrinkShare = 0.25;
/** Two hide the round trip between one part and the next; with one the line is idle then. */
const climbMin = 2;
/** Measurements to rest for after a try that brought nothing: doubled each time, from and up to. */
const restEpochs = { first: 4, longest: 32 };

export function createLimiter({ start, max }: LimiterOptions): Limiter {
  let wanted = start;
  let pace = hasty;
  let isMeasured = false;
  let active = 0;
  let trend = 1;
  let rest = 0;
  let nextRest = restEpochs.first;
  let cutAt = Number.NEGATIVE_INFINITY;
  let base: { readonly limit: number; readonly rate: number } | undefined;
  const epoch = createEpoch();

  const limitNow = () => Math.min(wanted, max());
  const change = (next: number, now: number) => {
    if (next === limitNow()) return;
    wanted = next;
    epoch.begin(now + pace.settleMilliseconds);
  };
  const stay = () => {
    pace = careful;
    base = undefined;
    trend = -trend;
    rest = nextRest;
    nextRest = Math.min(nextRest * 2, restEpochs.longest);
  };
  const tryNext = (now: number) => {
    const limit = limitNow();
    const next = trend > 0 ? Math.min(max(), limit + Math.max(1, Math.floor(limit * pace.growth))) : limit - 1;
    if (next === limit || (trend < 0 && next < climbMin)) stay();
    else change(next, now);
  };
  const judge = (rate: number, now: number) => {
    const limit = limitNow();
    isMeasured = true;
    if (rest > 0) {
      rest -= 1;
    } else if (base === undefined) {
      base = { limit, rate };
      tryNext(now);
    } else {
      const proportional = limit / base.limit - 1;
      const share = proportional > 0 ? growShare : shrinkShare;
      if (rate / base.rate - 1 >= proportional * share) {
        nextRest = restEpochs.first;
        base = { limit, rate };
        tryNext(now);
      } else {
        change(base.limit, now);
        stay();
      }
    }
  };

  return {
    get limit() {
      return limitNow();
    },
    onActive(next, now) {
      epoch.wereBusy(active >= limitNow(), now);
      active = next;
    },
    onBytes(bytes, now) {
      if (Number.isNaN(epoch.lasted(now))) epoch.begin(now + pace.settleMilliseconds);
      epoch.add(bytes, now);
      if (epoch.lasted(now) < pace.epochMilliseconds || epoch.reports < pace.reportsPerTransfer * limitNow()) return;
      epoch.wereBusy(active >= limitNow(), now);
      const rate = epoch.rate(now);
      epoch.begin(now);
      if (rate !== undefined) judge(rate, now);
    },
    onSmall() {
      if (!isMeasured) wanted = Number.POSITIVE_INFINITY;
    },
    onTrouble(begunAt, now) {
      // All that were under way together fail together; they are one sign, not many.
      if (begunAt <= cutAt) return;
      cutAt = now;
      isMeasured = true;
      pace = careful;
      change(Math.max(1, Math.floor(limitNow() / 2)), now);
      base = undefined;
      trend = 1;
      rest = restEpochs.first;
    },
  };
}
