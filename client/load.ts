import { NetworkError } from './errors.ts';
import { type RetryContext, withRetry } from './retry.ts';

/**
 * A part of this program that is loaded when it is needed first: pages that send small files only need not wait for it. A
 * browser that cannot load it says so in words of its own, so they are ours here.
 */
export const load = <Module>(
  context: RetryContext,
  signal: AbortSignal | undefined,
  importIt: () => Promise<Module>,
): Promise<Module> =>
  withRetry(context, signal, async () => {
    try {
      return await importIt();
    } catch (cause) {
      const message = 'A part of this page could not be loaded. Check the network connection, or load the page again.';
      throw new NetworkError(message, { cause });
    }
  });
