import type { Browser, Page } from 'playwright-core';

export interface Visit extends AsyncDisposable {
  readonly page: Page;
  /** What the page did that its policy forbids, and bugs it ran into. */
  readonly faults: string[];
}

/** A page of a browser without any past, on the site's first view. */
export async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ acceptDownloads: true, locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  // Cold starts of all functions at once on a busy machine take their time; a wait that succeeds costs nothing.
  page.setDefaultTimeout(45_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  await page.goto(url);
  return { page, faults, [Symbol.asyncDispose]: () => context.close() };
}

/** Signs in as one of the local identities by their name. */
export async function signInAs(page: Page, displayName: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: displayName }).click();
  await page.getByRole('heading', { name: 'Your documents' }).waitFor();
}

export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Chooses files by their paths on the disk, or made up on the spot. */
export const chooseFiles = (page: Page, ...files: (string | ChosenFile)[]): Promise<void> =>
  page.getByLabel('Choose files or drop them here').setInputFiles(files as string[] | ChosenFile[]);
