import { expect, it } from 'vitest';
import { documentsNamed, expectArrived, pdf, writeTo } from './support/documents.ts';
import { chooseOnForm, countParts, damagePart, press, refusePart } from './support/form.ts';
import { onPage, type Scene } from './support/scene.ts';

const path = 'uppy-6/sign-request.html';

/** Uppy 6 as npm has it, with every request to S3 signed by itself. */
export function bySignRequest(scene: () => Scene): void {
  it('uploads a small and a large file, and tells when they are verified', () =>
    onPage(scene(), path, async ({ page }) => {
      const sent = countParts(page);
      const files = [await pdf(scene(), 'small-signed.pdf', 0.1), await pdf(scene(), 'large-signed.pdf', 17)];
      await chooseOnForm(page, ...files);
      await press(page, 'Upload');
      for (const { name } of files) await page.getByText(`${name}: uploaded`).waitFor();
      for (const file of files) expect(await expectArrived(scene(), file)).toMatchObject({ title: file.name });
      // Parts of our plan, not of Uppy's.
      expect(sent.toSorted()).toEqual([1, 2, 3]);
    }));

  it('goes on with the same document when the person tries again', () =>
    onPage(scene(), path, async ({ page }) => {
      const sent = countParts(page);
      const file = await pdf(scene(), 'signed-again.pdf', 17);
      const takeAll = await refusePart(page, 2);
      await chooseOnForm(page, file);
      await press(page, 'Upload');
      await page.getByRole('alert').getByText('Failed to upload').waitFor();
      await takeAll();
      await press(page, 'Retry');
      await page.getByText(`${file.name}: uploaded`).waitFor();
      await expectArrived(scene(), file);
      expect(sent).toEqual([1, 2, 3]);
    }));

  it('finds out that bytes were damaged on the way, and sends that part again when the person tries again', () =>
    onPage(scene(), path, async ({ page }) => {
      const sent = countParts(page);
      const file = await pdf(scene(), 'signed-damaged.pdf', 17);
      await damagePart(page, 3, file.sizeBytes - 16 * 1024 ** 2);
      await chooseOnForm(page, file);
      await press(page, 'Upload');
      await page.getByRole('alert').getByText('Failed to upload').waitFor();
      await press(page, 'Retry');
      await page.getByText(`${file.name}: uploaded`).waitFor();
      await expectArrived(scene(), file);
      expect(sent).toEqual([1, 2, 3]);
    }));

  it('says of a file that is not taken why', () =>
    onPage(scene(), path, async ({ page }) => {
      await chooseOnForm(page, await writeTo(scene(), 'signed.txt', 'notes'));
      await press(page, 'Upload');
      await page.getByRole('alert').getByText('Choose a file of one of these types').waitFor();
      expect(await documentsNamed(scene(), 'signed.txt')).toEqual([]);
    }));
}
