import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { History } from '../../contract/schemas/history.ts';
import { people } from '../../local/identity/people.ts';
import { problem } from '../client/support/fake-cloud.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { addDocument, browserOfFile, withPerson } from './support/scene.ts';

const browser = browserOfFile();
const nora = people.find(({ displayName }) => displayName === 'Nora Lindqvist')?.subjectId ?? '';
const at = '2026-01-01T09:30:00.000Z';
const common = { at, requestId: 'request-1' };

const history: History = {
  entries: [
    { kind: 'change', ...common, revision: 1, by: nora, from: null, to: 'pending', cause: 'declared' },
    { kind: 'change', ...common, revision: 2, by: 'x', from: 'pending', to: 'available', cause: 'object-created' },
    { kind: 'download-issued', ...common, revision: 2, by: nora, addressClass: 'public-ipv4', expiresAt: at },
  ],
};

const open = (page: Page) => page.getByRole('button', { name: 'History number-1.pdf' });

describe('the history of a document', { timeout: 60_000 }, () => {
  it('opens by keyboard, in words, with "you" for the reader', () =>
    withPerson(
      browser(),
      async ({ page }) => {
        await open(page).press('Enter');
        const entries = page.locator('.history li');
        await entries.first().waitFor();
        expect((await entries.allTextContents()).map((text) => text.replace(/^.*?\d\d:\d\d/, ''))).toEqual([
          'Announced by you. ',
          'Arrived and verified by Sealdrop. ',
          expect.stringMatching(/^Download link requested by you, from the internet\. It was good until \d\d:\d\d\.$/),
        ]);
        expect(await open(page).getAttribute('aria-expanded')).toBe('true');
        expect(await accessibilityViolations(page)).toEqual([]);
        await open(page).press('Enter');
        await entries.first().waitFor({ state: 'detached' });
      },
      ({ cloud }) => addDocument(cloud, 1, {}, history),
    ));

  it('is read again when the document changes under it', () =>
    withPerson(
      browser(),
      async ({ page, cloud }) => {
        await open(page).click();
        await page.getByText('Arrived and verified').waitFor();
        const { entries } = history;
        const deletion = { ...common, revision: 3, by: nora, from: 'available', to: 'deleted', cause: 'user' } as const;
        const [stored] = cloud.documents.values();
        if (stored !== undefined) stored.history = { entries: [...entries, { kind: 'change', ...deletion }] };
        await page.getByRole('button', { name: 'Delete number-1.pdf' }).click();
        await page.getByText('Deleted by you.').waitFor();
      },
      ({ cloud }) => addDocument(cloud, 1, {}, history),
    ));

  it('says so where it cannot be read', () =>
    withPerson(
      browser(),
      async ({ page, cloud }) => {
        cloud.faults.push({ on: /history$/, answer: problem('insufficient-scope', 403, 'You may not read this.') });
        await open(page).click();
        await page.getByRole('alert').getByText('You may not read this.').waitFor();
        expect(await accessibilityViolations(page)).toEqual([]);
      },
      ({ cloud }) => addDocument(cloud, 1, {}),
    ));
});
