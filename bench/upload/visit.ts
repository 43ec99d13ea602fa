import type { Chromium } from './chromium/chromium.ts';
import type { DevTools } from './chromium/devtools.ts';
import type { Times } from './page/chosen.ts';

/** One upload: a page that was never opened before, with files from the disk. */
export interface Visit {
  readonly chromium: Chromium;
  /** The link it is behind. @default - none */
  readonly proxyUrl?: string | undefined;
  readonly url: string;
  readonly files: readonly string[];
  /** For the page's `uploadChosen`. */
  readonly options: object;
  /** Watches what the page sends. */
  readonly watch?: (devTools: DevTools) => Promise<void>;
}

/** Opens the page, chooses the files and uploads them. Rejects with what the page says where that fails. */
export const uploadOnce = async ({ chromium, proxyUrl, url, files, options, watch }: Visit): Promise<Times> => {
  await using page = await chromium.open(url, proxyUrl);
  await page.choose(files);
  await watch?.(page.devTools);
  return await page.call('uploadChosen', options);
};
