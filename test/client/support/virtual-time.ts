import type { Timing } from '../../../client/timing.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that stands still while anybody has something to do, and jumps to the next timer where nobody has. */
export interface VirtualTime extends Timing {
  after(milliseconds: number, callback: () => void): () => void;
  /** Waits for `promise`; rejects where it would wait for ever. */
  run<Value>(promise: Promise<Value>): Promise<Value>;
}

/** Reading a `Blob` or a `Response` takes a turn of the event loop or two. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const settlingTurns = 4;
/** What goes on in other threads, on a machine that has much else to do. */
const hangMilliseconds = 5000;

export function virtualTime(random: () => number): VirtualTime {
  let now = Date.parse('2026-01-01T00:00:00.000Z');
  let order = 0;
  const timers: Timer[] = [];

  const after = (milliseconds: number, callback: () => void) => {
    order += 1;
    const timer = { at: now + milliseconds, order, callback };
    let index = timers.length;
    while (index > 0 && (timers[index - 1]?.at ?? 0) > timer.at) index -= 1;
    timers.splice(index, 0, timer);
    return () => {
      const found = timers.indexOf(timer);
      if (found !== -1) timers.splice(found, 1);
    };
  };

  return {
    now: () => now,
    random,
    after,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const stop = () => {
          forget();
          reject(signal?.reason);
        };
        const forget = after(milliseconds, () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        });
        signal?.addEventListener('abort', stop, { once: true });
      }),
    run: async (promise) => {
      let isSettled = false;
      const settle = () => {
        isSettled = true;
      };
      promise.then(settle, settle);
      for (let idleSince = performance.now(); !isSettled; ) {
        await turns(settlingTurns);
        const next = isSettled ? undefined : timers.shift();
        if (next !== undefined) {
          now = next.at;
          next.callback();
          idleSince = performance.now();
        } else if (performance.now() - idleSince > hangMilliseconds) {
          throw new Error('It hangs: nothing is under way and no timer is set.');
        }
      }
      return promise;
    },
  };
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
