import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Document } from '../../../contract/schemas/document.ts';
import type { History } from '../../../contract/schemas/history.ts';
import type { FakeCloud } from '../../client/support/fake-cloud.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type ChosenFile, signInAs, type Visit, visit } from '../../support/visit.ts';
import { type Site, startSite } from './site.ts';

/** One browser for all tests of a file. Call it at the top of the file. */
export function browserOfFile(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error('The browser is there inside of tests only.');
    return browser;
  };
}

/** A signed-in person on a fresh site; afterwards nothing may have gone against the page's policy. */
export async function withPerson(
  browser: Browser,
  run: (scene: Visit & { readonly cloud: FakeCloud }) => Promise<void>,
  prepare?: (site: Site) => void,
): Promise<void> {
  await using site = await startSite();
  prepare?.(site);
  await using person = await visit(browser, site.url);
  await signInAs(person.page, 'Nora Lindqvist');
  await run({ ...person, cloud: site.cloud });
  expect(person.faults).toEqual([]);
}

/** Enough for a fake that does not look inside. */
export const pdf = (name: string, sizeBytes = 2000): ChosenFile => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.alloc(sizeBytes, name),
});

/** Puts a document `number-N.pdf` into the fake, or replaces it. */
export function addDocument(
  cloud: FakeCloud,
  number: number,
  part: Partial<Document>,
  history: History = { entries: [] },
): void {
  const id = `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`;
  const moment = '2026-01-01T00:00:00.000Z';
  cloud.documents.set(id, {
    history,
    document: {
      id,
      revision: 1,
      metadataRevision: 0,
      state: 'available',
      fileName: `number-${number}.pdf`,
      mediaType: 'application/pdf',
      sizeBytes: 1000,
      sha256: '0'.repeat(64),
      uploadedBy: 'owner-1',
      createdAt: moment,
      updatedAt: moment,
      uploadExpiresAt: moment,
      ...part,
    },
  });
}
