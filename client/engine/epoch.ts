/** One measurement of the limiter's: bytes over a time in which all transfers were busy. Times in milliseconds. */
export interface Epoch {
  /** Begins anew; what comes before `at` does not count. */
  begin(at: number): void;
  /** Until now all were busy, or not. */
  wereBusy(areBusy: boolean, now: number): void;
  add(bytes: number, now: number): void;
  readonly reports: number;
  lasted(now: number): number;
  /** Bytes per millisecond; undefined where too much of the time not all were busy. */
  rate(now: number): number | undefined;
}

/** A measurement in which not all were busy for more than this part of it says nothing. */
const idleShareMax = 0.2;

export function createEpoch(): Epoch {
  let begun = Number.NaN;
  let seenAt = Number.NaN;
  let bytes = 0;
  let reports = 0;
  let idle = 0;
  return {
    begin(at) {
      begun = at;
      seenAt = at;
      bytes = 0;
      reports = 0;
      idle = 0;
    },
    wereBusy(areBusy, now) {
      if (!areBusy && now > seenAt) idle += now - seenAt;
      seenAt = Math.max(now, seenAt);
    },
    add(more, now) {
      if (now < begun) return;
      bytes += more;
      reports += 1;
    },
    get reports() {
      return reports;
    },
    // NaN where it has not begun.
    lasted: (now) => now - begun,
    rate: (now) => (idle <= (now - begun) * idleShareMax ? bytes / (now - begun) : undefined),
  };
}
