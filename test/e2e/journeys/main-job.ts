import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { chooseFiles } from '../../support/visit.ts';
import { type Scene, withPerson } from '../support/scene.ts';

const sha256Of = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

/** Downloads by the button of the page and returns where the browser saved the file and under which name. */
async function download(page: Page, name: string): Promise<{ readonly path: string; readonly savedAs: string }> {
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: `Download ${name}` }).click();
  const saved = await started;
  return { path: await saved.path(), savedAs: saved.suggestedFilename() };
}

/** What Sealdrop is for. */
export function mainJob(scene: () => Scene): void {
  it('uploads a PDF, a photo and a PNG at once, shows them become available, and gives back the same bytes', () =>
    withPerson(scene(), 'Nora Lindqvist', async ({ page }) => {
      const { files, cloud } = scene();
      const sent: string[] = [];
      page.on('request', (request) => {
        const { origin } = new URL(request.url());
        if (origin === cloud.s3Origin && request.method() !== 'GET') sent.push(request.method());
      });
      let loads = 0;
      page.on('load', () => {
        loads += 1;
      });
      const paths = [files.pdf, files.jpeg, files.png];
      await chooseFiles(page, ...paths);
      for (const path of paths) {
        const name = basename(path);
        await page.getByRole('button', { name: `Download ${name}` }).waitFor();
        const saved = await download(page, name);
        expect(saved.savedAs).toBe(name);
        expect(await sha256Of(saved.path)).toBe(await sha256Of(path));
      }
      // By forms: a browser asks the storage before each PUT.
      expect(sent).toEqual(['POST', 'POST', 'POST']);
      expect(loads).toBe(0);
      expect(await page.content()).not.toContain('X-Amz-Signature');
      expect(await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]))).not.toContain('X-Amz');
    }));

  it('shows them again after a reload, newest first', () =>
    withPerson(scene(), 'Nora Lindqvist', async ({ page }) => {
      await page.reload();
      await page.getByRole('button', { name: 'Download IMG_2041.JPG' }).waitFor();
      const times = await page.locator('time').evaluateAll((all) => all.map((time) => time.getAttribute('datetime')));
      expect(times).toHaveLength(3);
      expect(times).toEqual(times.toSorted().reverse());
    }));

  it.each(['Dr Amara Okafor', 'Paulo Reyes'])('does not show them to %s', (other) =>
    withPerson(scene(), other, async ({ page }) => {
      await page.getByText('Nothing here yet.').waitFor();
      expect(await page.getByText('IMG_2041.JPG').count()).toBe(0);
    }),
  );
}
