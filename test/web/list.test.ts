import { describe, expect, it } from 'vitest';
import { problem } from '../client/support/fake-cloud.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { addDocument, browserOfFile, withPerson } from './support/scene.ts';

const browser = browserOfFile();

describe('the list', { timeout: 60_000 }, () => {
  it('grows by "Show more" down to the first document', () =>
    withPerson(
      browser(),
      async ({ page }) => {
        await expect.poll(() => page.locator('[data-state]').count()).toBe(25);
        await page.getByRole('button', { name: 'Show more' }).click();
        await page.getByText('number-1.pdf', { exact: true }).waitFor();
        expect(await page.locator('[data-state]').count()).toBe(30);
        expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
      },
      ({ cloud }) => {
        for (let number = 1; number <= 30; number += 1) addDocument(cloud, number, {});
      },
    ));

  it('follows a document that is checked elsewhere', () =>
    withPerson(
      browser(),
      async ({ page, cloud }) => {
        await page.getByText('Being checked').waitFor();
        addDocument(cloud, 1, { state: 'available', revision: 2 });
        await page.getByRole('button', { name: 'Download number-1.pdf' }).waitFor();
      },
      ({ cloud }) => addDocument(cloud, 1, { state: 'scanning' }),
    ));

  it('says why a document was refused', () =>
    withPerson(
      browser(),
      async ({ page }) => {
        await page.getByText('The content is not of its type.').waitFor();
        expect(await page.getByRole('button', { name: /^Download/ }).count()).toBe(0);
      },
      ({ cloud }) =>
        addDocument(cloud, 1, {
          state: 'rejected',
          rejection: { reason: 'media-type-mismatch', detail: 'The content is not of its type.' },
        }),
    ));

  it('offers to try again where it cannot be loaded', () =>
    withPerson(
      browser(),
      async ({ page }) => {
        await page.getByText('You may not list documents.').waitFor();
        expect(await accessibilityViolations(page)).toEqual([]);
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByText('Nothing here yet.').waitFor();
      },
      ({ cloud }) => {
        cloud.faults.push({
          on: /^GET \/v1\/me\//,
          answer: problem('insufficient-scope', 403, 'You may not list documents.'),
        });
      },
    ));

  it('says so where a document can no longer be downloaded', () =>
    withPerson(
      browser(),
      async ({ page, cloud }) => {
        cloud.faults.push({ on: /download/, answer: problem('document-not-found', 404, 'There is no such document.') });
        await page.getByRole('button', { name: 'Download number-1.pdf' }).click();
        const row = page.getByRole('listitem').filter({ hasText: 'number-1.pdf' });
        await row.getByRole('alert').getByText('There is no such document.').waitFor();
        expect(await page.locator('li').getByRole('alert').count()).toBe(1);
        expect(await accessibilityViolations(page)).toEqual([]);
        const download = page.waitForEvent('download');
        await page.getByRole('button', { name: 'Download number-2.pdf' }).click();
        await download;
        await row.getByRole('alert').waitFor({ state: 'detached' });
      },
      ({ cloud }) => {
        addDocument(cloud, 1, {});
        addDocument(cloud, 2, {});
      },
    ));

  it('says so while a download is prepared, and leaves the focus where it is', () =>
    withPerson(
      browser(),
      async ({ page, cloud }) => {
        cloud.faults.push({ on: /download/, hang: () => undefined });
        await page.getByRole('button', { name: 'Download number-1.pdf' }).press('Enter');
        const button = page.getByRole('button', { name: 'Preparing… number-1.pdf' });
        await button.and(page.locator(':focus')).waitFor();
        await button.press('Enter');
        expect(cloud.requests.filter((request) => request.includes('download'))).toHaveLength(1);
      },
      ({ cloud }) => addDocument(cloud, 1, {}),
    ));

  it('tells that a document was not received without being asked again', () =>
    withPerson(
      browser(),
      async ({ page }) => {
        await page.clock.install();
        await page.reload();
        await page.getByText('Not received yet').waitFor();
        await page.clock.fastForward('00:05:01');
        await page.getByText('Was not received. Upload the file again.').waitFor();
      },
      ({ cloud }) =>
        addDocument(cloud, 1, { state: 'pending', uploadExpiresAt: new Date(Date.now() + 300_000).toISOString() }),
    ));
});
