/** Whether there is a network at all, as far as the system knows. */
export interface Connection {
  /**
   * Resolves as soon as there may be one: with false where it is so already, with true where it took waiting. Rejects
   * with the signal's reason when it is aborted.
   */
  untilOnline(signal: AbortSignal | undefined): Promise<boolean>;
}

/** Of programs nobody tells. */
export const alwaysOnline: Connection = { untilOnline: async () => false };

/** The parts of a browser that tell ("Browser state", HTML standard section 8.9.1.3). */
export const browserConnection = (navigator: Pick<Navigator, 'onLine'>, window: EventTarget): Connection => ({
  untilOnline: (signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (navigator.onLine) return resolve(false);
      const listening = new AbortController();
      const stop = () => {
        listening.abort();
        reject(signal?.reason);
      };
      window.addEventListener(
        'online',
        () => {
          listening.abort();
          resolve(true);
        },
        { signal: listening.signal },
      );
      signal?.addEventListener('abort', stop, { signal: listening.signal });
    }),
});

export const defaultConnection = (): Connection =>
  typeof window === 'undefined' || typeof document === 'undefined'
    ? alwaysOnline
    : browserConnection(navigator, window);
