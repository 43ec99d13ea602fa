import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { chromiumPath, chromiumSwitches } from '../../../test/support/browser.ts';
import { type BrowserDevTools, connectDevTools } from './devtools.ts';
import { openPage, type Page } from './page.ts';

export interface Chromium extends AsyncDisposable {
  readonly devTools: BrowserDevTools;
  /** Of a browser without any past; behind a proxy where one is given. */
  open(url: string, proxyUrl?: string): Promise<Page>;
}

export interface RunningChromium {
  readonly devTools: BrowserDevTools;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A headless Chromium with nothing between it and the caller but its DevTools, of which nothing is switched on that costs
 * anything: a test driver has every body that is sent told to it.
 */
export const startChromium = async (profileDirectory: string): Promise<RunningChromium> => {
  const child = spawn(
    await chromiumPath(),
    [
      ...chromiumSwitches,
      '--headless',
      '--remote-debugging-port=0',
      `--user-data-dir=${profileDirectory}`,
      '--no-first-run',
      // A page that nobody sees works as one that somebody sees.
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const devTools = await connectDevTools(await devToolsUrl(child.stderr));
  const end = async (): Promise<void> => {
    await exited;
    process.off('exit', kill);
    devTools.close();
  };
  return {
    devTools,
    kill: () => {
      kill();
      return end();
    },
    close: async () => {
      await devTools.send('Browser.close').catch(kill);
      await end();
    },
  };
};

/** One without any past, which goes with it. */
export const launchChromium = async (): Promise<Chromium> => {
  const profile = mkdtempSync(join(tmpdir(), 'sealdrop-bench-chromium-'));
  const { devTools, close } = await startChromium(profile);
  return {
    devTools,
    open: (url, proxyUrl) => openPage(devTools, url, proxyUrl),
    [Symbol.asyncDispose]: async () => {
      await close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

const devToolsUrl = async (stderr: Readable): Promise<string> => {
  let said = '';
  for await (const chunk of stderr.iterator({ destroyOnReturn: false })) {
    said += chunk;
    const [url] = /ws:\/\/\S+/.exec(said) ?? [];
    if (url !== undefined) {
      stderr.resume();
      return url;
    }
  }
  throw new Error(`Chromium did not start:\n${said}`);
};
