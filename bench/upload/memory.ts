import { readFileSync } from 'node:fs';
import type { BrowserDevTools } from './chromium/devtools.ts';

interface BrowserProcess {
  readonly id: number;
}

export interface MemoryWatch {
  /** Bytes of all processes now. */
  now(): Promise<number>;
  /** Looks ten times a second until it is stopped; gives the most there was. */
  watch(): { stop(): Promise<number> };
}

/**
 * Memory of all processes of a browser together, so that nothing hides in another of them: proportional set sizes
 * (Linux's `smaps_rollup`), in which a page that two of them share counts once.
 */
export const memoryOf = (browser: BrowserDevTools): MemoryWatch => {
  const now = async (): Promise<number> => {
    const { processInfo } = await browser.send<{ processInfo: readonly BrowserProcess[] }>('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { id }) => sum + proportionalBytes(id), 0);
  };
  const watch = () => {
    let isOver = false;
    const watching = (async () => {
      let most = 0;
      while (!isOver) {
        most = Math.max(most, await now());
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return most;
    })();
    const stop = (): Promise<number> => {
      isOver = true;
      return watching;
    };
    return { stop };
  };
  return { now, watch };
};

const proportionalBytes = (pid: number): number => {
  try {
    const [, kibibytes] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return Number(kibibytes) * 1024;
  } catch (cause) {
    // It ended since the browser named it.
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ESRCH')) return 0;
    throw cause;
  }
};
