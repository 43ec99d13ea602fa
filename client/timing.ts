/** Time and chance, so that tests decide both. Milliseconds. */
export interface Timing {
  now(): number;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
  /** Calls back once after so long, unless the returned function was called before. Default: `setTimeout`. */
  after?(milliseconds: number, callback: () => void): () => void;
}

/** `timing.after` where it decides that too. */
export function after(timing: Timing, milliseconds: number, callback: () => void): () => void {
  if (timing.after !== undefined) return timing.after(milliseconds, callback);
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}

export const realTiming: Timing = {
  now: Date.now,
  random: Math.random,
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, milliseconds);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
