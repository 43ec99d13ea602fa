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
  /** Called by the page when S3 has accepted everything. */
  readonly onAccepted?: () => Promise<void>;
  /** Watches what the page sends. */
  readonly watch?: (devTools: DevTools) => Promise<void>;
}

/** Opens the page, chooses the files and uploads them. Rejects with what the page says where that fails. */
export const uploadOnce = async (visit: Visit): Promise<Times> => {
  const { chromium, proxyUrl, url, files, options, onAccepted, watch } = visit;
  await using page = await chromium.open(url, proxyUrl);
  const accepted = Promise.withResolvers<void>();
  await page.expose('onAccepted', () => accepted.resolve(onAccepted?.()));
  await page.choose(files);
  await watch?.(page.devTools);
  const uploading = page.call<Times>('uploadChosen', options);
  await Promise.race([accepted.promise, uploading]);
  return uploading;
};
