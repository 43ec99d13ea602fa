import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { problem } from '../client/support/fake-cloud.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { addDocument, browserOfFile, withPerson } from './support/scene.ts';

const browser = browserOfFile();
const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const focused = (page: Page) => page.locator(':focus');

describe('deleting', { timeout: 60_000 }, () => {
  it('asks nothing, says until when it can be taken back, and puts the focus where that is', () =>
    withPerson(
      browser(),
      async ({ page, cloud }) => {
        page.on('dialog', () => expect.unreachable('Nothing is asked.'));
        await button(page, 'Delete number-1.pdf').press('Enter');
        await button(page, 'Restore number-1.pdf').and(focused(page)).waitFor();
        await row(page, 'number-1.pdf')
          .getByText(/^You can restore it until .+\.$/)
          .waitFor();
        await page
          .getByRole('status')
          .getByText(/^number-1\.pdf: Deleted\. You can restore it until/)
          .waitFor();
        expect(await button(page, 'Download number-1.pdf').count()).toBe(0);
        await page.keyboard.press('Enter');
        await button(page, 'Download number-1.pdf').and(focused(page)).waitFor();
        await page.getByRole('status').getByText('number-1.pdf: Available.').waitFor();
        expect(cloud.requests.filter((request) => /^(DELETE|POST)/.test(request))).toHaveLength(2);
      },
      ({ cloud }) => {
        addDocument(cloud, 1, {});
        addDocument(cloud, 2, {});
      },
    ));

  it('keeps what was deleted before out of sight until it is asked for', () =>
    withPerson(
      browser(),
      async ({ page }) => {
        await page.getByText('Nothing here but deleted documents.').waitFor();
        await page.getByLabel('Show deleted').press('Space');
        await row(page, 'number-3.pdf').getByText('It was removed for good.').waitFor();
        await row(page, 'number-2.pdf').getByText('It was refused before, so it cannot be restored.').waitFor();
        expect(await page.getByRole('button', { name: /^Restore/ }).count()).toBe(1);
        await button(page, 'Restore number-1.pdf').click();
        await page.getByLabel('Show deleted').click();
        await row(page, 'number-3.pdf').waitFor({ state: 'detached' });
        await button(page, 'Download number-1.pdf').waitFor();
      },
      ({ cloud }) => {
        const purgeAfter = '2999-01-01T00:00:00.000Z';
        const rejection = { reason: 'malware-found', detail: 'The file holds malware.' } as const;
        addDocument(cloud, 1, { state: 'deleted', purgeAfter });
        addDocument(cloud, 2, { state: 'deleted', purgeAfter, rejection });
        addDocument(cloud, 3, { state: 'purged', purgeAfter });
      },
    ));

  it('says why it cannot be, and looks at the document anew', () =>
    withPerson(
      browser(),
      async ({ page, cloud }) => {
        const conflict = problem('state-conflict', 409, 'It was deleted for good.', { state: 'purged' });
        // The first list has to show it as it was.
        await button(page, 'Delete number-1.pdf').waitFor();
        cloud.faults.push({ on: /^DELETE/, answer: conflict });
        addDocument(cloud, 1, { state: 'purged', revision: 5 });
        await button(page, 'Delete number-1.pdf').press('Enter');
        await row(page, 'number-1.pdf').getByRole('alert').getByText('It was deleted for good.').waitFor();
        await row(page, 'number-1.pdf').getByText('It was removed for good.').waitFor();
        await button(page, 'History number-1.pdf').and(focused(page)).waitFor();
        expect(await button(page, 'Delete number-1.pdf').count()).toBe(0);
      },
      ({ cloud }) => addDocument(cloud, 1, {}),
    ));

  it('offers nothing of what is still being checked', () =>
    withPerson(
      browser(),
      async ({ page }) => {
        await row(page, 'number-1.pdf').getByText('Being checked').waitFor();
        expect(await page.getByRole('button', { name: /^(Delete|Restore|Download)/ }).count()).toBe(0);
      },
      ({ cloud }) => addDocument(cloud, 1, { state: 'scanning' }),
    ));

  it.each(['light', 'dark'] as const)('is accessible and fits a small screen, %s', (colorScheme) =>
    withPerson(
      browser(),
      async ({ page }) => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width: 360, height: 740 });
        await button(page, 'Delete number-1.pdf').click();
        await button(page, 'Restore number-1.pdf').waitFor();
        await page.getByLabel('Show deleted').click();
        await button(page, 'History number-2.pdf').click();
        await page.getByText('Loading what happened…').waitFor({ state: 'detached' });
        expect(await accessibilityViolations(page)).toEqual([]);
        const { scroll, client } = await page.evaluate(() => ({
          scroll: document.documentElement.scrollWidth,
          client: document.documentElement.clientWidth,
        }));
        expect(scroll).toBe(client);
      },
      ({ cloud }) => {
        addDocument(cloud, 1, { fileName: 'number-1.pdf' });
        addDocument(cloud, 2, { fileName: `number-2.pdf` });
        addDocument(cloud, 3, { fileName: `${'a-very-long-name-'.repeat(12)}.pdf`, state: 'purged' });
      },
    ),
  );
});
