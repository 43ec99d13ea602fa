import { expect, it } from 'vitest';
import { accessibilityViolations } from '../../support/accessibility.ts';
import { chooseFiles, visit } from '../../support/visit.ts';
import { type Scene, withPerson } from '../support/scene.ts';

/** The page for everyone: axe-core finds nothing, and no mouse is needed. */
export function everyone(scene: () => Scene): void {
  it.each(['light', 'dark'] as const)(
    'passes axe-core before sign-in, empty, and with documents, %s',
    (colorScheme) => {
      const { browser, cloud, files } = scene();
      const person = colorScheme === 'light' ? 'Grace Kim' : 'Dr Amara Okafor';
      return withPerson(scene(), person, async ({ page }) => {
        await using stranger = await visit(browser, `${cloud.origin}/`);
        await stranger.page.emulateMedia({ colorScheme });
        await stranger.page.getByRole('button', { name: 'Sign in' }).waitFor();
        expect(await accessibilityViolations(stranger.page)).toEqual([]);

        await page.emulateMedia({ colorScheme });
        await page.getByText('Nothing here yet.').waitFor();
        expect(await accessibilityViolations(page)).toEqual([]);
        await chooseFiles(page, files.png);
        await page.getByRole('button', { name: 'Download x-ray, left hand.png' }).waitFor();
        expect(await accessibilityViolations(page)).toEqual([]);
      });
    },
  );

  it('works by keyboard alone: sign in, choose, download, sign out', async () => {
    const { browser, cloud, files } = scene();
    await using person = await visit(browser, `${cloud.origin}/`);
    const { page } = person;
    const focused = () => page.locator(':focus').allTextContents().then(String);
    const tabTo = async (text: string) => {
      for (let presses = 0; presses < 20 && !(await focused()).includes(text); presses += 1) {
        await page.keyboard.press('Tab');
      }
      expect(await focused()).toContain(text);
    };

    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await tabTo('Sign in');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/identity\//);
    await tabTo('Nora Lindqvist');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your documents' }).waitFor();
    // What arrives later may be put in the place of what a key is being pressed on.
    await page.waitForLoadState('networkidle');

    await tabTo('Sign out');
    await page.keyboard.press('Tab');
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Space');
    await (await chooser).setFiles(files.pdf);
    await page.getByRole('status').getByText('Befund Müller (2026-11).pdf: Available.').waitFor();

    await tabTo('Download');
    const download = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    expect((await download).suggestedFilename()).toBe('Befund Müller (2026-11).pdf');

    await page.reload();
    await page.getByRole('heading', { name: 'Your documents' }).waitFor();
    await tabTo('Sign out');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(person.faults).toEqual([]);
  });
}
