import { describe, expect, it } from 'vitest';
import { browserPresence } from '../../client/presence.ts';

/** A browser whose page can be hidden and whose line can be cut, and how many listeners it has. */
function fakeBrowser() {
  const listeners = new Set<unknown>();
  class Counted extends EventTarget {
    override addEventListener(type: string, listener: () => void, options: { signal: AbortSignal }): void {
      listeners.add(listener);
      options.signal.addEventListener('abort', () => listeners.delete(listener));
      super.addEventListener(type, listener, options);
    }
  }
  const document = Object.assign(new Counted(), { visibilityState: 'visible' as DocumentVisibilityState });
  const navigator = { onLine: true };
  const window = new Counted();
  return {
    listeners,
    presence: browserPresence({ document, navigator, window }),
    show(visibilityState: DocumentVisibilityState) {
      document.visibilityState = visibilityState;
      document.dispatchEvent(new Event('visibilitychange'));
    },
    connect(onLine: boolean) {
      navigator.onLine = onLine;
      if (onLine) window.dispatchEvent(new Event('online'));
    },
  };
}

const isOpen = async (promise: Promise<unknown>) =>
  (await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, 'open'))])) === 'open';

describe('the presence in a browser', () => {
  it('waits for nothing while the page is visible and connected', async () => {
    const { presence, listeners } = fakeBrowser();
    expect(await presence.untilPresent(undefined)).toBe(false);
    expect(listeners.size).toBe(0);
  });

  it('waits until a hidden page is shown', async () => {
    const { presence, show, listeners } = fakeBrowser();
    show('hidden');
    const back = presence.untilPresent(undefined);
    show('hidden');
    expect(await isOpen(back)).toBe(true);
    show('visible');
    expect(await back).toBe(true);
    expect(listeners.size).toBe(0);
  });

  it('waits for the network, and for both where both are missing', async () => {
    const { presence, show, connect } = fakeBrowser();
    connect(false);
    const back = presence.untilPresent(undefined);
    show('hidden');
    connect(true);
    expect(await isOpen(back)).toBe(true);
    show('visible');
    expect(await back).toBe(true);
  });

  it('ends with the reason of an abort, and leaves no listener behind', async () => {
    const { presence, show, listeners } = fakeBrowser();
    show('hidden');
    const controller = new AbortController();
    const back = presence.untilPresent(controller.signal);
    controller.abort(new Error('left'));
    await expect(back).rejects.toThrow('left');
    await expect(presence.untilPresent(controller.signal)).rejects.toThrow('left');
    expect(listeners.size).toBe(0);
  });
});
