import type { BrowserDevTools, DevTools } from './devtools.ts';

export interface Page extends AsyncDisposable {
  readonly devTools: DevTools;
  /** Puts files of the disk into the page's field for files. */
  choose(paths: readonly string[]): Promise<void>;
  /** Calls a global function of the page and gives what its promise resolves with. */
  call<Result>(name: string, argument: object): Promise<Result>;
}

interface Evaluated {
  readonly result: { readonly value?: never };
  readonly exceptionDetails?: { readonly exception?: { readonly description?: string }; readonly text: string };
}

export const openPage = async (browser: BrowserDevTools, url: string, proxyUrl?: string): Promise<Page> => {
  const { browserContextId } = await browser.send<{ browserContextId: string }>('Target.createBrowserContext', {
    // Chromium asks no proxy for addresses of this machine unless it is told to.
    ...(proxyUrl !== undefined && { proxyServer: proxyUrl, proxyBypassList: '<-loopback>' }),
  });
  const { targetId } = await browser.send<{ targetId: string }>('Target.createTarget', {
    url: 'about:blank',
    browserContextId,
  });
  const attaching = { targetId, flatten: true };
  const { sessionId } = await browser.send<{ sessionId: string }>('Target.attachToTarget', attaching);
  const devTools = browser.session(sessionId);
  await load(devTools, url);
  return {
    devTools,
    choose: (paths) => choose(devTools, paths),
    call: (name, argument) => call(devTools, name, argument),
    [Symbol.asyncDispose]: async () => {
      await browser.send('Target.disposeBrowserContext', { browserContextId });
    },
  };
};

const load = async (devTools: DevTools, url: string): Promise<void> => {
  await devTools.send('Page.enable');
  const loaded = new Promise((resolve) => devTools.on('Page.loadEventFired', resolve));
  const { errorText } = await devTools.send<{ errorText?: string }>('Page.navigate', { url });
  if (errorText !== undefined) throw new Error(`The page ${url} cannot be opened: ${errorText}`);
  await loaded;
};

const choose = async (devTools: DevTools, files: readonly string[]): Promise<void> => {
  const { root } = await devTools.send<{ root: { nodeId: number } }>('DOM.getDocument');
  const field = { nodeId: root.nodeId, selector: 'input[type=file]' };
  const { nodeId } = await devTools.send<{ nodeId: number }>('DOM.querySelector', field);
  await devTools.send('DOM.setFileInputFiles', { nodeId, files });
};

const call = async <Result>(devTools: DevTools, name: string, argument: object): Promise<Result> => {
  const { result, exceptionDetails } = await devTools.send<Evaluated>('Runtime.evaluate', {
    expression: `${name}(${JSON.stringify(argument)})`,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails === undefined) return result.value as Result;
  throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
};
