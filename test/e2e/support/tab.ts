import { setTimeout } from 'node:timers/promises';
import type { BrowserDevTools, DevTools } from '../../../bench/upload/chromium/devtools.ts';

export interface TabOptions {
  /** Of everything the page sends. @default - none */
  readonly proxyUrl?: string;
  /** Runs in the page before its own scripts. */
  readonly script?: string;
  /** Whether it has the storage of the browser's profile. @default - one of its own, which goes with it */
  readonly isOfProfile?: boolean;
}

/**
 * A tab of a browser, by DevTools alone. Playwright has every byte that a page sends told to it: a file of 100 MB takes
 * it a minute.
 */
export interface Tab extends AsyncDisposable {
  readonly devTools: DevTools;
  /** What the page did that its policy forbids, and bugs it ran into. */
  readonly faults: readonly string[];
  /** Resolves once an expression is true in the page; errors while it loads are none. */
  until(expression: string): Promise<void>;
  /** Waits for a button by a part of its accessible name and presses it. */
  press(name: string): Promise<void>;
  untilButton(name: string): Promise<void>;
  untilText(text: string): Promise<void>;
  /** Waits for the page's field for files and puts a file of the disk into it. */
  choose(path: string): Promise<void>;
  reload(): Promise<void>;
}

const patienceMilliseconds = 40_000;
const lookMilliseconds = 50;

const buttonNamed = (name: string): string =>
  `[...document.querySelectorAll('button')].find((button) =>
    (button.getAttribute('aria-label') ?? button.textContent).includes(${JSON.stringify(name)}))`;

export async function openTab(browser: BrowserDevTools, url: string, options: TabOptions = {}): Promise<Tab> {
  const context = options.isOfProfile ? {} : await createContext(browser, options.proxyUrl);
  const { targetId } = await browser.send<{ targetId: string }>('Target.createTarget', {
    url: 'about:blank',
    ...context,
  });
  const attaching = { targetId, flatten: true };
  const { sessionId } = await browser.send<{ sessionId: string }>('Target.attachToTarget', attaching);
  const devTools = browser.session(sessionId);
  const faults = await watchFaults(devTools);
  devTools.on('Page.javascriptDialogOpening', () => devTools.send('Page.handleJavaScriptDialog', { accept: true }));
  await devTools.send('Page.enable');
  if (options.script !== undefined)
    await devTools.send('Page.addScriptToEvaluateOnNewDocument', { source: options.script });
  await devTools.send('Page.navigate', { url });

  const evaluate = async <Value>(expression: string): Promise<Value | undefined> => {
    const asked = { expression, returnByValue: true };
    // A page that is just being left has no answer.
    const answer = await devTools.send<{ result: { value?: Value } }>('Runtime.evaluate', asked).catch(() => undefined);
    return answer?.result.value;
  };
  const until = async (expression: string): Promise<void> => {
    const begun = Date.now();
    while ((await evaluate(`Boolean(${expression})`)) !== true) {
      if (Date.now() - begun > patienceMilliseconds) {
        throw new Error(`It never came to ${expression}. The page says: ${await evaluate('document.body.innerText')}`);
      }
      await setTimeout(lookMilliseconds);
    }
  };
  return {
    devTools,
    faults,
    until,
    untilButton: (name) => until(buttonNamed(name)),
    untilText: (text) => until(`document.body.innerText.includes(${JSON.stringify(text)})`),
    press: async (name) => {
      await until(buttonNamed(name));
      await evaluate(`${buttonNamed(name)}.click()`);
    },
    choose: async (path) => {
      const field = `document.querySelector('input[type=file]')`;
      await until(field);
      const { result } = await devTools.send<{ result: { objectId: string } }>('Runtime.evaluate', {
        expression: field,
      });
      await devTools.send('DOM.setFileInputFiles', { objectId: result.objectId, files: [path] });
    },
    reload: async () => {
      const loaded = new Promise((resolve) => devTools.on('Page.loadEventFired', resolve));
      await devTools.send('Page.reload');
      await loaded;
    },
    [Symbol.asyncDispose]: async () => {
      if ('browserContextId' in context) await browser.send('Target.disposeBrowserContext', context);
      else await browser.send('Target.closeTarget', { targetId });
    },
  };
}

const createContext = (browser: BrowserDevTools, proxyUrl: string | undefined) =>
  browser.send<{ browserContextId: string }>('Target.createBrowserContext', {
    // Chromium asks no proxy for addresses of this machine unless it is told to.
    ...(proxyUrl !== undefined && { proxyServer: proxyUrl, proxyBypassList: '<-loopback>' }),
  });

async function watchFaults(devTools: DevTools): Promise<readonly string[]> {
  const faults: string[] = [];
  devTools.on<{ exceptionDetails: { text: string; exception?: { description?: string } } }>(
    'Runtime.exceptionThrown',
    ({ exceptionDetails: { exception, text } }) => faults.push(exception?.description ?? text),
  );
  devTools.on<{ entry: { text: string } }>('Log.entryAdded', ({ entry: { text } }) => {
    if (text.includes('Content Security Policy')) faults.push(text);
  });
  await devTools.send('Runtime.enable');
  await devTools.send('Log.enable');
  return faults;
}
