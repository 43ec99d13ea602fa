import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { FakeCloud } from '../client/support/fake-cloud.ts';
import { fakeSettings } from '../client/support/fake-settings.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { chooseFiles } from '../support/visit.ts';
import { browserOfFile, pdf, withPerson } from './support/scene.ts';

const browser = browserOfFile();
const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const puts = (cloud: FakeCloud) => cloud.requests.filter((request) => request.startsWith('PUT')).length;

/** Chooses files whose first transfer never ends. */
async function chooseHanging(page: Page, cloud: FakeCloud, ...names: string[]): Promise<void> {
  for (const _ of names) cloud.faults.push({ on: /^PUT/, hang: () => undefined });
  await chooseFiles(page, ...names.map((name) => pdf(name)));
  await expect.poll(() => puts(cloud)).toBe(names.length);
}

describe('pausing', { timeout: 60_000 }, () => {
  it('pauses one file and lets it go on, by keyboard, with the focus where it was', () =>
    withPerson(browser(), async ({ page, cloud }) => {
      await chooseHanging(page, cloud, 'a.pdf');
      await button(page, 'Pause a.pdf').press('Enter');
      await row(page, 'a.pdf')
        .getByText(/^Paused/)
        .waitFor();
      await button(page, 'Resume a.pdf').and(page.locator(':focus')).waitFor();
      expect(await page.getByRole('button', { name: /all$/ }).count()).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await button(page, 'Download a.pdf').waitFor();
      expect(puts(cloud)).toBe(2);
    }));

  it('pauses all and lets all go on, by one button that stays', () =>
    withPerson(browser(), async ({ page, cloud }) => {
      await chooseHanging(page, cloud, 'a.pdf', 'b.pdf');
      await button(page, 'Pause all').press('Enter');
      await expect.poll(() => page.getByText(/^Paused/).count()).toBe(2);
      await button(page, 'Resume all').and(page.locator(':focus')).waitFor();
      // One that goes on by itself is paused with the others again.
      cloud.faults.push({ on: /^PUT/, hang: () => undefined });
      await button(page, 'Resume b.pdf').click();
      await button(page, 'Pause all').waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
      await button(page, 'Pause all').click();
      await button(page, 'Resume all').click();
      await button(page, 'Download a.pdf').waitFor();
      await button(page, 'Download b.pdf').waitFor();
      expect(cloud.documents.size).toBe(2);
    }));

  it('gives a paused file up, and asks before signing out does', () =>
    withPerson(browser(), async ({ page, cloud }) => {
      await chooseHanging(page, cloud, 'a.pdf');
      await button(page, 'Pause a.pdf').click();
      const questions: string[] = [];
      page.once('dialog', (dialog) => {
        questions.push(dialog.message());
        void dialog.dismiss();
      });
      await button(page, 'Sign out').click();
      expect(questions).toHaveLength(1);
      await button(page, 'Cancel a.pdf').click();
      await page.getByText('Not received yet').waitFor();
    }));
});

describe('without a network', { timeout: 60_000 }, () => {
  it('says that it waits for one, and goes on by itself when it is back', () =>
    withPerson(browser(), async ({ page, cloud }) => {
      await page.context().setOffline(true);
      await chooseFiles(page, pdf('a.pdf'));
      await row(page, 'a.pdf')
        .getByText(/^Waiting for the network/)
        .waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.context().setOffline(false);
      await button(page, 'Download a.pdf').waitFor();
      expect(puts(cloud)).toBe(1);
    }));
});

describe('a file above the limit', { timeout: 60_000 }, () => {
  it('is refused by the settings, without a byte of it or a word to the service', () =>
    withPerson(
      browser(),
      async ({ page, cloud }) => {
        await page.getByText(/^PDF, JPEG or PNG\./).waitFor();
        await page.waitForLoadState('networkidle');
        await page.evaluate(() => {
          Blob.prototype.arrayBuffer = () => Promise.reject(new Error('It was read.'));
        });
        const asked = cloud.requests.length;
        await chooseFiles(page, pdf('large.pdf', 1_000_001));
        await row(page, 'large.pdf').getByText('The file is too large. Choose a file of at most 1 MB.').waitFor();
        expect(await page.getByRole('button', { name: /^Try again/ }).count()).toBe(0);
        expect(cloud.requests.slice(asked)).toEqual([]);
      },
      ({ cloud }) => {
        cloud.settings = { ...fakeSettings, sizeBytesMax: 1_000_000 };
      },
    ));
});
