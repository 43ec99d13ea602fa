/** Whether anybody is there to see what is asked for, and whether it can be asked for. */
export interface Presence {
  /**
   * Resolves as soon as the page is visible and has a network: with false where it is so already, with true where it
   * took waiting. Rejects with the signal's reason when it is aborted.
   */
  untilPresent(signal: AbortSignal | undefined): Promise<boolean>;
}

/** Programs have no page that could be hidden. */
export const alwaysPresent: Presence = { untilPresent: async () => false };

/** The parts of a browser that tell. */
export interface BrowserState {
  readonly document: EventTarget & Pick<Document, 'visibilityState'>;
  readonly navigator: Pick<Navigator, 'onLine'>;
  readonly window: EventTarget;
}

/** Of a page: visible ("Page Visibility", HTML standard section 6.2) and not known to be offline. */
export const browserPresence = ({ document, navigator, window }: BrowserState): Presence => ({
  untilPresent: (signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const isPresent = () => document.visibilityState === 'visible' && navigator.onLine;
      if (isPresent()) return resolve(false);
      const listening = new AbortController();
      const look = () => {
        if (!isPresent()) return;
        listening.abort();
        resolve(true);
      };
      const stop = () => {
        listening.abort();
        reject(signal?.reason);
      };
      document.addEventListener('visibilitychange', look, { signal: listening.signal });
      window.addEventListener('online', look, { signal: listening.signal });
      signal?.addEventListener('abort', stop, { signal: listening.signal });
    }),
});

export const defaultPresence = (): Presence =>
  typeof document === 'undefined' || typeof window === 'undefined'
    ? alwaysPresent
    : browserPresence({ document, navigator, window });
