import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resumableMilliseconds } from '../../../client/engine/resume-store.ts';
import { launchBrowser } from '../../support/browser.ts';
import type { StoreOptions } from './support/resume-page.ts';

let browser: Browser;
let context: BrowserContext;
let script = '';
beforeAll(async () => {
  browser = await launchBrowser();
  const { outputFiles } = await build({
    entryPoints: ['test/client/engine/support/resume-page.ts'],
    bundle: true,
    write: false,
    format: 'esm',
  });
  script = outputFiles[0]?.text ?? '';
});
afterAll(() => browser.close());
beforeEach(async () => {
  context = await browser.newContext();
  await context.route('https://page.test/**', (route) =>
    route.fulfill({ body: `<script type="module">${script}</script>`, contentType: 'text/html' }),
  );
  return () => context.close();
});

const open = async (options: StoreOptions = {}): Promise<Page> => {
  const page = await context.newPage();
  await page.goto('https://page.test/');
  await page.evaluate((given) => globalThis.openStore(given), options);
  return page;
};
const get = (page: Page, fingerprint: string) => page.evaluate((name) => globalThis.store.get(name), fingerprint);
const put = (page: Page, fingerprint: string, begunAt = 0) =>
  page.evaluate(([name, at]) => globalThis.store.put(name, { documentId: `document-of-${name}`, begunAt: at }), [
    fingerprint,
    begunAt,
  ] as const);
const claim = (page: Page, fingerprint: string) =>
  page.evaluate(async (name) => (await globalThis.store.claim(name)) !== undefined, fingerprint);

describe('uploads that are remembered', () => {
  it('are there after the page was closed, until they are over', async () => {
    const before = await open();
    await put(before, 'a');
    await before.close();
    const after = await open();
    expect(await get(after, 'a')).toEqual({ documentId: 'document-of-a', begunAt: 0 });
    expect(await get(after, 'b')).toBeUndefined();
    await after.evaluate(() => globalThis.store.remove('a'));
    expect(await get(await open(), 'a')).toBeUndefined();
  });

  it('are forgotten after a week', async () => {
    await put(await open(), 'old', 0);
    await put(await open({ now: 1000 }), 'new', 1000);
    await put(await open({ now: resumableMilliseconds + 1 }), 'newest', resumableMilliseconds + 1);
    const page = await open();
    expect([await get(page, 'old'), await get(page, 'new')]).toEqual([undefined, expect.anything()]);
  });

  it.each([{ isRefused: true }, { isRefused: true, hasNoLocks: true }])(
    'are in memory where the browser keeps nothing: %o',
    async (options) => {
      const page = await open(options);
      await put(page, 'a');
      expect(await get(page, 'a')).toMatchObject({ documentId: 'document-of-a' });
      await page.evaluate(() => globalThis.store.remove('a'));
      expect(await get(page, 'a')).toBeUndefined();
    },
  );
});

describe('a file that is being sent', () => {
  it('belongs to one page, until that gives it back or is gone', async () => {
    const [first, second] = [await open(), await open()];
    expect(await claim(first, 'a')).toBe(true);
    expect([await claim(second, 'a'), await claim(first, 'a'), await claim(second, 'b')]).toEqual([false, false, true]);
    await first.close();
    await expect.poll(() => claim(second, 'a')).toBe(true);
  });

  it('is given back', async () => {
    const page = await open();
    const again = await page.evaluate(async () => {
      const release = await globalThis.store.claim('a');
      release?.();
      await new Promise((resolve) => setTimeout(resolve, 50));
      return (await globalThis.store.claim('a')) !== undefined;
    });
    expect(again).toBe(true);
  });

  it('belongs to one upload of a page where there are no locks', async () => {
    const page = await open({ hasNoLocks: true });
    expect([await claim(page, 'a'), await claim(page, 'a')]).toEqual([true, false]);
  });
});
