import { describe, expect, it } from 'vitest';
import type { Settings } from '../../contract/schemas/settings.ts';
import { problem } from '../client/support/fake-cloud.ts';
import { fakeSettings } from '../client/support/fake-settings.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { chooseFiles } from '../support/visit.ts';
import { browserOfFile, pdf, withPerson } from './support/scene.ts';

const browser = browserOfFile();

const asking = (part: Partial<Settings>): Settings => ({ ...fakeSettings, ...part });

describe('where the profile requires metadata', { timeout: 60_000 }, () => {
  it('asks for it before a file is taken, and sends it with each', () =>
    withPerson(
      browser(),
      async ({ page, cloud }) => {
        const category = page.getByLabel('Category');
        await category.waitFor();
        expect(await accessibilityViolations(page)).toEqual([]);
        await chooseFiles(page, pdf('early.pdf'));
        await category.and(page.locator(':focus')).waitFor();
        expect(await page.getByText('early.pdf').count()).toBe(0);

        await category.selectOption('lab result');
        await chooseFiles(page, pdf('blood.count.pdf'));
        await page.getByRole('button', { name: 'Download blood.count.pdf' }).waitFor();
        expect([...cloud.documents.values()].map(({ document }) => document)).toMatchObject([
          { category: 'lab_result', title: 'blood.count', subject: { type: 'patient' } },
        ]);
      },
      ({ cloud }) => {
        cloud.settings = asking({
          categories: ['lab_result', 'other'],
          requiredMetadata: ['category', 'title', 'subject'],
        });
      },
    ));

  it('asks staff whom it is about', () =>
    withPerson(
      browser(),
      async ({ page, cloud }) => {
        await page.getByLabel('About a').selectOption('case');
        await page.getByLabel('Its id').fill('c-17');
        await chooseFiles(page, pdf('a.pdf'));
        await page.getByRole('button', { name: 'Download a.pdf' }).waitFor();
        const [stored] = cloud.documents.values();
        expect(stored?.document).toMatchObject({ subject: { type: 'case', id: 'c-17' } });
      },
      ({ cloud }) => {
        const caller = { ...fakeSettings.caller, may: { declare: 'tenant' as const } };
        cloud.settings = asking({ requiredMetadata: ['subject'], caller });
      },
    ));

  it('keeps what is chosen before it is known what must be said', () =>
    withPerson(
      browser(),
      async ({ page, cloud }) => {
        await chooseFiles(page, pdf('quick.pdf'));
        await page.getByRole('button', { name: 'Download quick.pdf' }).waitFor();
        const [stored] = cloud.documents.values();
        expect(stored?.document).toMatchObject({ subject: { type: 'patient' } });
      },
      ({ cloud }) => {
        cloud.settings = asking({ requiredMetadata: ['subject'] });
        // Several times, so that it takes until after the file was chosen.
        const fault = { on: /settings$/, cut: 'before' as const };
        cloud.faults.push(fault, fault, fault);
      },
    ));

  it('lets a file be sent where what must be said cannot be known', () =>
    withPerson(
      browser(),
      async ({ page }) => {
        await chooseFiles(page, pdf('a.pdf'));
        await page.getByRole('button', { name: 'Download a.pdf' }).waitFor();
      },
      ({ cloud }) => {
        cloud.faults.push({ on: /settings$/, answer: problem('not-permitted', 403, 'Ask your administrator.') });
      },
    ));

  it('says which types are accepted here', () =>
    withPerson(
      browser(),
      async ({ page }) => page.getByText(/^PDF\. Files go/).waitFor(),
      ({ cloud }) => {
        cloud.settings = asking({ mediaTypes: fakeSettings.mediaTypes.filter(({ label }) => label === 'PDF') });
      },
    ));
});
