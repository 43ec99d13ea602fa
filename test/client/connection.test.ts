import { describe, expect, it } from 'vitest';
import { browserConnection } from '../../client/connection.ts';
import { NetworkError } from '../../client/index.ts';
import { defaultRetryPolicy, withRetry } from '../../client/retry.ts';
import { fakeTiming } from './support/fake-timing.ts';

const lost = () => new NetworkError('The connection was lost. Check it.');

/** A browser whose line can be cut. */
function fakeBrowser() {
  const navigator = { onLine: true };
  const window = new EventTarget();
  const connect = (onLine: boolean) => {
    navigator.onLine = onLine;
    if (onLine) window.dispatchEvent(new Event('online'));
  };
  return { connect, connection: browserConnection(navigator, window) };
}

describe('the connection of a browser', () => {
  it('is waited for while there is none, and only then', async () => {
    const { connect, connection } = fakeBrowser();
    expect(await connection.untilOnline(undefined)).toBe(false);
    connect(false);
    const back = connection.untilOnline(undefined);
    connect(true);
    expect(await back).toBe(true);
  });

  it('is waited for no more by who gives up', async () => {
    const { connect, connection } = fakeBrowser();
    connect(false);
    const controller = new AbortController();
    const back = connection.untilOnline(controller.signal);
    controller.abort(new Error('left'));
    await expect(back).rejects.toThrow('left');
    await expect(connection.untilOnline(controller.signal)).rejects.toThrow('left');
  });
});

describe('trying again', () => {
  it('uses up no attempt for want of a network', async () => {
    const { connect, connection } = fakeBrowser();
    const context = { timing: fakeTiming(), retryPolicy: { ...defaultRetryPolicy, attemptsMax: 2 }, connection };
    let attempts = 0;
    const trying = withRetry(context, undefined, async () => {
      attempts += 1;
      if (attempts > 20) return 'there';
      connect(false);
      setImmediate(() => connect(true));
      throw lost();
    });
    expect(await trying).toBe('there');
  });

  it('uses them up where there is one', async () => {
    const { connection } = fakeBrowser();
    const context = { timing: fakeTiming(), retryPolicy: { ...defaultRetryPolicy, attemptsMax: 2 }, connection };
    let attempts = 0;
    const trying = withRetry(context, undefined, async () => {
      attempts += 1;
      throw lost();
    });
    await expect(trying).rejects.toThrow('The connection was lost');
    expect(attempts).toBe(2);
  });
});
