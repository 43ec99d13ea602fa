const waitMsMin = 100;
const waitMsMax = 10_000;

export interface Retry {
  /** Does the work again after 0.1 s, and twice as long after each failure in a row, up to 10 s. */
  failed(): void;
  succeeded(): void;
  stop(): void;
}

/** Paces work that fails again and again. */
export const createRetry = (work: () => void): Retry => {
  let waitMs = waitMsMin;
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  return {
    failed: () => {
      stop();
      timer = setTimeout(work, waitMs);
      waitMs = Math.min(waitMs * 2, waitMsMax);
    },
    succeeded: () => {
      stop();
      waitMs = waitMsMin;
    },
    stop,
  };
};
