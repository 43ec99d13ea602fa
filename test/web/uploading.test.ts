import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../contract/schemas/document.ts';
import { problem, s3Error } from '../client/support/fake-cloud.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { chooseFiles } from '../support/visit.ts';
import { browserOfFile, pdf, withPerson } from './support/scene.ts';

const browser = browserOfFile();

describe('uploading', { timeout: 60_000 }, () => {
  it('shows a file until it is settled, then its document, without a reload', () =>
    withPerson(
      browser(),
      async ({ page, cloud }) => {
        await chooseFiles(page, pdf('one.pdf'), pdf('two.pdf'));
        await page.getByRole('progressbar', { name: 'Upload of one.pdf' }).waitFor();
        await page.getByText('Checking what arrived').first().waitFor();
        cloud.states = ['available'];
        await page.getByRole('button', { name: 'Download one.pdf' }).waitFor();
        await page.getByRole('button', { name: 'Download two.pdf' }).waitFor();
        await page.getByRole('heading', { name: 'Uploads' }).waitFor({ state: 'detached' });
      },
      ({ cloud }) => {
        cloud.states = ['pending'];
      },
    ));

  it('begins with a file that waits as soon as another one is cancelled', () =>
    withPerson(browser(), async ({ page, cloud }) => {
      for (let count = 0; count < 6; count += 1) cloud.faults.push({ on: /^PUT/, hang: () => undefined });
      await chooseFiles(page, ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => pdf(`${name}.pdf`)));
      const puts = () => cloud.requests.filter((request) => request.startsWith('PUT'));
      await expect.poll(() => puts().length).toBe(6);
      // Files are sent in the order in which they were read.
      const isSent = ({ id }: Document) => puts().some((put) => put.endsWith(id));
      const documents = [...cloud.documents.values()].map(({ document }) => document);
      const [sent] = documents.filter(isSent);
      const [waiting] = documents.filter((document) => !isSent(document));
      await page.getByRole('button', { name: `Cancel ${sent?.fileName}` }).click();
      await page.getByRole('button', { name: `Download ${waiting?.fileName}` }).waitFor();
      await page.getByRole('progressbar', { name: `Upload of ${sent?.fileName}` }).waitFor({ state: 'detached' });
    }));

  it('hashes in its worker, which its policy allows', () =>
    withPerson(browser(), async ({ page, cloud }) => {
      const workers: string[] = [];
      page.on('worker', (worker) => workers.push(worker.url()));
      // Of the page, not of its workers: who hashes here does so in vain.
      await page.evaluate(() => {
        SubtleCrypto.prototype.digest = () => Promise.reject(new Error('The page hashes itself.'));
      });
      // Less than a mebibyte the page hashes itself.
      const file = pdf('hashed.pdf', 1_100_000);
      await chooseFiles(page, file);
      await page.getByRole('button', { name: 'Download hashed.pdf' }).waitFor();
      expect(workers).toEqual([expect.stringMatching(/^http.*\/assets\/hash-worker-[\w-]+\.js$/)]);
      const [stored] = cloud.documents.values();
      expect(stored?.document.sha256).toBe(createHash('sha256').update(file.buffer).digest('hex'));
    }));

  it('says that a file was cancelled, moves the focus on, and shows what is left of it', () =>
    withPerson(browser(), async ({ page, cloud }) => {
      for (let count = 0; count < 3; count += 1) cloud.faults.push({ on: /^PUT/, hang: () => undefined });
      await chooseFiles(page, ...['a', 'b', 'c'].map((name) => pdf(`${name}.pdf`)));
      await expect.poll(() => cloud.requests.filter((request) => request.startsWith('PUT')).length).toBe(3);
      const focus = page.locator(':focus');
      await page.getByRole('button', { name: 'Cancel a.pdf' }).press('Enter');
      await page.getByRole('status').getByText('a.pdf: cancelled.').waitFor();
      await focus.and(page.getByRole('listitem').filter({ hasText: 'b.pdf' })).waitFor();
      await page.getByRole('button', { name: 'Cancel c.pdf' }).press('Enter');
      await focus.and(page.getByRole('heading', { name: 'Uploads' })).waitFor();
      await page.getByRole('button', { name: 'Cancel b.pdf' }).press('Enter');
      await focus.and(page.getByRole('heading', { name: 'Documents', exact: true })).waitFor();
      await expect.poll(() => page.getByText('Not received yet').count()).toBe(3);
    }));

  it('asks before signing out stops files that are on their way', () =>
    withPerson(browser(), async ({ page, cloud }) => {
      cloud.faults.push({ on: /^PUT/, hang: () => undefined });
      await chooseFiles(page, pdf('slow.pdf'));
      const questions: string[] = [];
      page.once('dialog', (dialog) => {
        questions.push(dialog.message());
        void dialog.dismiss();
      });
      await page.getByRole('button', { name: 'Sign out' }).click();
      expect(questions).toEqual(['Files are still being uploaded. Sign out and stop them?']);
      await page.getByRole('progressbar', { name: 'Upload of slow.pdf' }).waitFor();
      page.once('dialog', (dialog) => dialog.accept());
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
    }));

  it('takes files that are dropped anywhere on the page', () =>
    withPerson(browser(), async ({ page }) => {
      const data = await page.evaluateHandle(() => {
        const transfer = new DataTransfer();
        transfer.items.add(new File(['%PDF-1.7'], 'dropped.pdf', { type: 'application/pdf' }));
        return transfer;
      });
      await page.dispatchEvent('h1', 'dragover', { dataTransfer: data });
      await page.getByText('Drop to upload').waitFor();
      await page.dispatchEvent('h1', 'drop', { dataTransfer: data });
      await page.getByRole('button', { name: 'Download dropped.pdf' }).waitFor();
    }));

  it.each([
    ['an API refusal', /^POST/, problem('file-too-large', 422, 'Choose a file of at most 10 MB.'), 'at most 10 MB', 0],
    ['a storage refusal', /^PUT/, s3Error(403, 'AccessDenied', 'Request has expired'), 'ran out', 1],
    ['a gateway in trouble', /^POST/, { status: 400, body: '<html>' }, 'did not come from the service', 1],
  ])('shows the words of %s', (_, on, answer, words, retryButtons) =>
    withPerson(browser(), async ({ page, cloud }) => {
      // A link that ran out is had anew once by itself.
      cloud.faults.push({ on, answer }, { on, answer });
      await chooseFiles(page, pdf('bad.pdf'));
      await page.getByRole('listitem').filter({ hasText: 'bad.pdf' }).getByText(words).waitFor();
      expect(await page.getByRole('button', { name: 'Try again: bad.pdf' }).count()).toBe(retryButtons);
      expect(await accessibilityViolations(page)).toEqual([]);
    }),
  );

  it('tries a failed file again on request', () =>
    withPerson(browser(), async ({ page, cloud }) => {
      const answer = s3Error(403, 'AccessDenied', 'Request has expired');
      cloud.faults.push({ on: /^PUT/, answer }, { on: /^PUT/, answer });
      await chooseFiles(page, pdf('again.pdf'));
      await page.getByRole('button', { name: 'Try again: again.pdf' }).click();
      await page.getByRole('button', { name: 'Download again.pdf' }).waitFor();
    }));

  it('says what is wrong with an empty file', () =>
    withPerson(browser(), async ({ page }) => {
      await chooseFiles(page, pdf('empty.pdf', 0));
      await page.getByText('The file is empty; choose a file with content.').last().waitFor();
    }));
});
