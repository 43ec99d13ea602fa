import { expect, it } from 'vitest';
import { documentsNamed, expectArrived, pdf, writeTo } from './support/documents.ts';
import { arm, slowParts } from './support/faults.ts';
import { chooseOnForm, countParts, expireFirstPart, press } from './support/form.ts';
import { onPage, type Scene } from './support/scene.ts';

/** Uppy as npm has it, by the routes that it knows of its Companion. */
export function byCompanion(scene: () => Scene, version: string, path: string): void {
  it('uploads a small and a large file by the drop-in routes', () =>
    onPage(scene(), path, async ({ page }) => {
      const sent = countParts(page);
      const small = await pdf(scene(), `small-by-uppy-${version}.pdf`, 0.1);
      const large = await pdf(scene(), `large-by-uppy-${version}.pdf`, 17);
      await chooseOnForm(page, small, large);
      await press(page, 'Upload');
      for (const { name } of [small, large]) await page.getByText(`${name}: uploaded`).waitFor();
      await expectArrived(scene(), small);
      await expectArrived(scene(), large);
      // Uppy's own size of parts is 5 MiB.
      expect(sent.toSorted()).toEqual([1, 2, 3, 4]);
    }));

  it('shows why a file of another type is refused', () =>
    onPage(scene(), path, async ({ page }) => {
      await chooseOnForm(page, await writeTo(scene(), 'notes.txt', 'notes'));
      await press(page, 'Upload');
      // Uppy 6 reads nothing of a refusal but HTTP's own word for it.
      const reason = version === '6' ? 'Companion request failed' : 'Choose a file of one of these types';
      await page.getByRole('alert').getByText(reason).waitFor();
      expect(await documentsNamed(scene(), 'notes.txt')).toEqual([]);
    }));

  it('has what was sent removed when the person cancels', () =>
    onPage(scene(), path, async ({ page }) => {
      await arm(scene(), slowParts);
      const file = await pdf(scene(), `cancelled-in-uppy-${version}.pdf`, 17);
      await chooseOnForm(page, file);
      await press(page, 'Upload');
      await page.getByText(/: [1-9]\d* %/).waitFor();
      const aborted = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
      await press(page, 'Cancel');
      expect((await aborted).status()).toBe(200);
      expect(await documentsNamed(scene(), file.name)).toMatchObject([{ state: 'pending' }]);
    }));

  it('gets another link for a part whose link had ended before it was sent', () =>
    onPage(scene(), path, async ({ page }) => {
      const file = await pdf(scene(), `expired-in-uppy-${version}.pdf`, 17);
      const sent = countParts(page);
      await expireFirstPart(page, scene());
      await chooseOnForm(page, file);
      await press(page, 'Upload');
      if (version === '6') {
        // It asks for no other by itself, but when the person tries again.
        await page.getByRole('alert').getByText('Failed to upload').waitFor();
        await press(page, 'Retry');
      }
      await page.getByText(`${file.name}: uploaded`).waitFor();
      await expectArrived(scene(), file);
      expect(sent.toSorted()).toEqual([1, 2, 3, 4]);
    }));
}
