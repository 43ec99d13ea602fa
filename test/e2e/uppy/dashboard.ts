import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { documentsNamed, expectArrived, type FileOnDisk, pdf, writeTo } from './support/documents.ts';
import { arm, clearFaults, slowParts } from './support/faults.ts';
import { countParts, press, refusePart } from './support/form.ts';
import { onPage, type Scene } from './support/scene.ts';

const dashboard = 'uppy-6/dashboard.html';

const choose = (page: Page, ...files: FileOnDisk[]) =>
  page
    .locator('input.uppy-Dashboard-input')
    .first()
    .setInputFiles(files.map(({ path }) => path));

const percentage = async (page: Page): Promise<number> => {
  const shown = await page.locator('.uppy-StatusBar-statusPrimary').textContent();
  return Number(/(\d+)%/.exec(shown ?? '')?.[1] ?? 0);
};

/** Our engine under the Dashboard of Uppy 6. */
export function underDashboard(scene: () => Scene): void {
  it('uploads a small and a large file, and says how far it is and when they were verified', () =>
    onPage(scene(), dashboard, async ({ page }) => {
      await arm(scene(), slowParts);
      const files = [await pdf(scene(), 'small-by-engine.pdf', 0.1), await pdf(scene(), 'large-by-engine.pdf', 17)];
      await choose(page, ...files);
      await press(page, 'Upload 2 files');
      await vi.waitFor(async () => expect(await percentage(page)).toBeGreaterThan(10), { timeout: 20_000 });
      await page.getByText('Verifying…').first().waitFor();
      await page.getByRole('status').getByText('Complete').waitFor();
      for (const file of files) expect(await expectArrived(scene(), file)).toMatchObject({ title: file.name });
    }));

  it('pauses, resumes, and sends no finished part again', () =>
    onPage(scene(), dashboard, async ({ page }) => {
      await arm(scene(), slowParts);
      const sent = countParts(page);
      const file = await pdf(scene(), 'paused.pdf', 25);
      await choose(page, file);
      await press(page, 'Upload 1 file');
      await vi.waitFor(async () => expect(await percentage(page)).toBeGreaterThan(10), { timeout: 20_000 });
      await press(page, 'Pause');
      await page.getByText('Paused').first().waitFor();
      // Uppy shows the sum of all files up to half a second late.
      await page.waitForTimeout(1000);
      const before = await percentage(page);
      await page.waitForTimeout(1500);
      expect(await percentage(page)).toBe(before);
      await clearFaults(scene());
      await press(page, 'Resume');
      await page.getByRole('status').getByText('Complete').waitFor();
      await expectArrived(scene(), file);
      expect(sent.toSorted()).toEqual([1, 2, 3, 4]);
    }));

  it('cancels, and has what was sent removed', () =>
    onPage(scene(), dashboard, async ({ page }) => {
      await arm(scene(), slowParts);
      const file = await pdf(scene(), 'cancelled.pdf', 17);
      await choose(page, file);
      await press(page, 'Upload 1 file');
      await vi.waitFor(async () => expect(await percentage(page)).toBeGreaterThan(10), { timeout: 20_000 });
      const aborted = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
      await page.locator('[data-cy=cancel]').click();
      expect((await aborted).status()).toBe(200);
      expect(await page.getByText('cancelled.pdf').count()).toBe(0);
      expect(await documentsNamed(scene(), file.name)).toMatchObject([{ state: 'pending' }]);
    }));

  it('says why an upload failed, and goes on where it stopped when it is tried again', () =>
    onPage(scene(), dashboard, async ({ page }) => {
      const sent = countParts(page);
      const file = await pdf(scene(), 'retried.pdf', 17);
      await choose(page, file);
      const takeAll = await refusePart(page, 2);
      await press(page, 'Upload 1 file');
      await page.getByText('Upload failed').first().waitFor();
      await takeAll();
      const before = sent.length;
      await press(page, 'Retry upload');
      await page.getByRole('status').getByText('Complete').waitFor();
      await expectArrived(scene(), file);
      expect(sent.toSorted()).toEqual([1, 2, 3]);
      expect(before).toBeLessThan(3);
    }));

  it('says what the service found wrong with a file', () =>
    onPage(scene(), dashboard, async ({ page }) => {
      const disguised = await writeTo(scene(), 'disguised.pdf', 'plain text');
      await choose(page, disguised);
      await press(page, 'Upload 1 file');
      await page.getByText('Upload failed').first().waitFor();
      const [document] = await documentsNamed(scene(), disguised.name);
      expect(document?.state).toBe('rejected');
      await page.getByRole('alert').getByText('Failed to upload disguised.pdf').first().waitFor();
    }));

  it('refuses at once what the environment does not take', () =>
    onPage(scene(), dashboard, async ({ page }) => {
      await choose(page, await writeTo(scene(), 'notes.txt', 'notes'));
      await page.getByText('You can only upload: application/pdf').first().waitFor();
      await choose(page, await writeTo(scene(), 'empty.pdf', ''));
      await page.getByText('This file is smaller than the allowed size').first().waitFor();
      expect(await page.getByText('notes.txt').count()).toBe(0);
    }));
}
