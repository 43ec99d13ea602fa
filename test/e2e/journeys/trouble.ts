import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { accessibilityViolations } from '../../support/accessibility.ts';
import { chooseFiles } from '../../support/visit.ts';
import { type Scene, withPerson } from '../support/scene.ts';

interface Line {
  readonly offline: boolean;
  /** Bytes per second, -1 for as many as possible. */
  readonly uploadThroughput: number;
}

/** Changes the browser's line to the network; what is under way feels it too. */
async function lineOf(page: Page): Promise<(line: Line) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  return async (line) => {
    await session.send('Network.emulateNetworkConditions', { ...line, latency: 0, downloadThroughput: -1 });
  };
}

const uploadRow = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Uploads' }).getByRole('listitem').filter({ hasText: name });

/** What goes wrong, and what the person is told. */
export function trouble(scene: () => Scene): void {
  it('cancels one file in mid-transfer and lets the other arrive', () =>
    withPerson(scene(), 'Dr Inès Moreau', async ({ page }) => {
      const { files } = scene();
      const changeLine = await lineOf(page);
      await changeLine({ offline: false, uploadThroughput: 200_000 });
      await chooseFiles(page, files.large, files.pdf);
      await uploadRow(page, 'mri-series.pdf')
        .getByText(/Uploading, [1-9]/)
        .waitFor();
      await page.getByRole('button', { name: 'Cancel mri-series.pdf' }).click();
      await uploadRow(page, 'mri-series.pdf').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Download Befund Müller (2026-11).pdf' }).waitFor();
      await page.getByText('Not received yet').waitFor();
      expect(await page.getByRole('button', { name: 'Download mri-series.pdf' }).count()).toBe(0);
    }));

  it('says why a type is not accepted, and that an empty file is empty', () =>
    withPerson(scene(), 'Paulo Reyes', async ({ page }) => {
      const { files } = scene();
      await chooseFiles(page, files.text, files.empty);
      await uploadRow(page, 'notes.txt').getByText('Choose a file of type PDF, JPEG or PNG.').waitFor();
      await uploadRow(page, 'empty.pdf').getByText('The file is empty').waitFor();
      expect(await page.getByRole('button', { name: /^Try again/ }).count()).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
    }));

  it('refuses text that calls itself a PDF, says why, and offers no download', () =>
    withPerson(scene(), 'Paulo Reyes', async ({ page }) => {
      await chooseFiles(page, scene().files.disguised);
      await page.getByText('The content of the file is not what its name and type say.').first().waitFor();
      await page.getByText('Refused', { exact: true }).waitFor();
      expect(await page.getByRole('button', { name: /^Download/ }).count()).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
    }));

  it('says that the network is gone, and shows by itself what became of the file when it is back', () =>
    withPerson(scene(), 'Tomas Berg', async ({ page }) => {
      const changeLine = await lineOf(page);
      await changeLine({ offline: false, uploadThroughput: 200_000 });
      await chooseFiles(page, scene().files.large);
      await uploadRow(page, 'mri-series.pdf')
        .getByText(/Uploading, [1-9]/)
        .waitFor();
      // What is in the line already still arrives; nobody hears of it.
      await changeLine({ offline: true, uploadThroughput: 0 });
      await uploadRow(page, 'mri-series.pdf').getByText('There is no network connection').waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
      await changeLine({ offline: false, uploadThroughput: -1 });
      await page.getByRole('button', { name: 'Download mri-series.pdf' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Download mri-series.pdf' }).waitFor();
      expect(await page.getByText('mri-series.pdf').count()).toBe(1);
    }));
}
