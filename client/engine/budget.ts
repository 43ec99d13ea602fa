import { onceAborted } from './signals.ts';

/** What may be held at once, in whatever is counted: bytes in memory, files under way. First come, first served. */
export interface Budget {
  /** Resolves with what gives it back when there is room. Rejects with the signal's reason. */
  acquire(size: number, signal: AbortSignal): Promise<() => void>;
  /** There may be room for more now. */
  wake(): void;
  /** Nobody holds anything. */
  readonly isIdle: boolean;
}

/**
 * `capacityFor` is how much may be held together with something of that size; where nothing is held, anything may come,
 * so that nothing waits for ever. It may change; it is asked whenever something is given back or wanted, and by `wake`.
 */
export function createBudget(capacityFor: (size: number) => number): Budget {
  let held = 0;
  let holders = 0;
  const waiting: { readonly size: number; readonly start: () => void }[] = [];

  const admit = () => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (held > 0 && held + next.size > capacityFor(next.size)) return;
      waiting.shift();
      held += next.size;
      holders += 1;
      next.start();
    }
  };
  const giveBackOnce = (size: number) => {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      held -= size;
      holders -= 1;
      admit();
    };
  };

  return {
    wake: admit,
    get isIdle() {
      return holders === 0;
    },
    acquire: (size, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const forget = onceAborted(signal, () => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(signal.reason);
          admit();
        });
        const entry = {
          size,
          start: () => {
            forget();
            resolve(giveBackOnce(size));
          },
        };
        waiting.push(entry);
        admit();
      }),
  };
}
