import { setImmediate } from 'node:timers/promises';

/**
 * Lets those who wait for the same thing to be on the disk share one sync. A call is answered by a sync that begins
 * after it, because one that is under way may have missed what the caller wrote; and in a later turn of the event loop,
 * so that all who have something to write by then are in.
 */
export function shareSync(sync: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve();
  let next: Promise<void> | undefined;
  const start = async (): Promise<void> => {
    await setImmediate();
    next = undefined;
    await sync();
  };
  return () => {
    if (next === undefined) {
      next = last.then(start, start);
      last = next;
    }
    return next;
  };
}
