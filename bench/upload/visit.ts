import type { Browser, CDPSession } from 'playwright-core';
import type { Times } from './page/chosen.ts';

/** One upload: a page that was never opened before, with files from the disk. */
export interface Visit {
  readonly browser: Browser;
  readonly url: string;
  readonly files: readonly string[];
  /** For the page's `uploadChosen`. */
  readonly options: object;
  /** Called by the page when S3 has accepted everything. */
  readonly onAccepted?: () => Promise<void>;
  /** Watches what the page sends. */
  readonly watch?: (session: CDPSession) => Promise<void>;
}

/** Opens the page, chooses the files and uploads them. Rejects with what the page says where that fails. */
export const uploadOnce = async ({ browser, url, files, options, onAccepted, watch }: Visit): Promise<Times> => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    if (onAccepted !== undefined) await page.exposeFunction('onAccepted', onAccepted);
    await page.goto(url);
    await page.locator('input').setInputFiles([...files]);
    if (watch !== undefined) await watch(await context.newCDPSession(page));
    return await page
      .evaluate((given) => Reflect.get(globalThis, 'uploadChosen')(given), options)
      .catch((cause) => {
        throw new Error(`The page ${url} could not upload: ${cause}\n${faults.join('\n')}`);
      });
  } finally {
    await context.close();
  }
};
