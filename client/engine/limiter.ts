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
  /** A transfer that began at `begunAt` failed in a way that fewer would help against. */
  onTrouble(begunAt: number, now: number): void;
}

export interface LimiterOptions {
  readonly start: number;
  readonly max: number;
}

/** One measurement, after the time in which connections that are new come up to speed. */
const epochMilliseconds = 500;
const settleMilliseconds = 250;
/** Reports of bytes that a measurement takes at least, for each transfer: they may come once for a whole part. */
const reportsPerTransfer = 4;
/** A measurement in which not all were busy for more than this part of it says nothing. */
const idleShareMax = 0.2;
/** Of the gain that as many connections could bring more are worth it from here … */
const growShare = 0.5;
/** … and of what as many could lose, fewer may cost this much. The gap between them keeps it from swinging. */
const shrinkShare = 0.25;
/** Two hide the round trip between one part and the next; with one the line is idle then. */
const climbMin = 2;
/** Measurements to rest for after a try that brought nothing: doubled each time, from and up to. */
const restEpochs = { first: 4, longest: 32 };

export function createLimiter({ start, max }: LimiterOptions): Limiter {
  let limit = Math.min(start, max);
  let active = 0;
  let trend = 1;
  let rest = 0;
  let nextRest = restEpochs.first;
  let cutAt = Number.NEGATIVE_INFINITY;
  let base: { readonly limit: number; readonly rate: number } | undefined;
  let epoch = { begun: Number.NaN, bytes: 0, reports: 0, idle: 0, lookedAt: Number.NaN };

  const measureFrom = (begun: number) => {
    epoch = { begun, bytes: 0, reports: 0, idle: 0, lookedAt: begun };
  };
  const change = (next: number, now: number) => {
    if (next === limit) return;
    limit = next;
    measureFrom(now + settleMilliseconds);
  };
  const countIdle = (now: number) => {
    if (active < limit && now > epoch.lookedAt) epoch.idle += now - epoch.lookedAt;
    epoch.lookedAt = Math.max(now, epoch.lookedAt);
  };
  const stay = () => {
    base = undefined;
    trend = -trend;
    rest = nextRest;
    nextRest = Math.min(nextRest * 2, restEpochs.longest);
  };
  const tryNext = (now: number) => {
    const next = trend > 0 ? Math.min(max, limit + Math.max(1, Math.floor(limit / 2))) : limit - 1;
    if (next === limit || (trend < 0 && next < climbMin)) stay();
    else change(next, now);
  };
  const judge = (rate: number, now: number) => {
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
      return limit;
    },
    onActive(next, now) {
      countIdle(now);
      active = next;
    },
    onBytes(bytes, now) {
      if (Number.isNaN(epoch.begun)) measureFrom(now + settleMilliseconds);
      if (now < epoch.begun) return;
      epoch.bytes += bytes;
      epoch.reports += 1;
      const lasted = now - epoch.begun;
      if (lasted < epochMilliseconds || epoch.reports < reportsPerTransfer * limit) return;
      countIdle(now);
      const { bytes: counted, idle } = epoch;
      measureFrom(now);
      if (idle <= lasted * idleShareMax) judge(counted / lasted, now);
    },
    onTrouble(begunAt, now) {
      // All that were under way together fail together; they are one sign, not many.
      if (begunAt <= cutAt) return;
      cutAt = now;
      change(Math.max(1, Math.floor(limit / 2)), now);
      base = undefined;
      trend = 1;
      rest = restEpochs.first;
    },
  };
}
