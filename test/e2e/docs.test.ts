import { createHash } from 'node:crypto';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiOf } from '../support/api.ts';
import { launchBrowser } from '../support/browser.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';
import { makePdf } from '../support/scanned-files.ts';
import { visit } from '../support/visit.ts';

let cloud: TestCloud;
let browser: Browser;

beforeAll(async () => {
  [cloud, browser] = await Promise.all([startTestCloud(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await cloud.close();
});

/** By authorization code with PKCE, in the window that the page opens for it. */
const signIn = async (page: Page, displayName: string) => {
  await page.getByRole('button', { name: 'Authorize' }).first().click();
  const dialog = page.locator('.modal-ux');
  const opened = page.waitForEvent('popup');
  // The first of several: authorization code comes before client credentials.
  await dialog.locator('.auth-btn-wrapper .authorize').first().click();
  const window = await opened;
  await window.getByRole('button', { name: displayName }).click();
  await dialog.getByRole('button', { name: 'Remove authorization' }).first().waitFor();
  await dialog.locator('.close-modal').click();
};

const open = async (page: Page, operationId: string): Promise<Locator> => {
  const operation = page.locator(`[id$="-${operationId}"].opblock`);
  await operation.locator('.opblock-summary').click();
  return operation;
};

/** What the API answered to "Execute", as the page shows it. */
const execute = async (operation: Locator): Promise<{ readonly status: string; readonly body: string }> => {
  await operation.getByRole('button', { name: 'Execute' }).click();
  const shown = operation.locator('.live-responses-table .response');
  await shown.waitFor();
  const status = (await shown.locator('.response-col_status').innerText()).trim();
  return { status, body: await shown.locator('.highlight-code code').first().innerText() };
};

describe('the page at /docs', { timeout: 120_000 }, () => {
  it('lets a person sign in, declare, list and download by trying it out', async () => {
    await using person = await visit(browser, `${cloud.origin}/docs`);
    const { page } = person;
    await signIn(page, 'Nora Lind');
    const content = await makePdf();
    const declaration = {
      fileName: 'letter.pdf',
      mediaType: 'application/pdf',
      sizeBytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    };

    const declare = await open(page, 'requestUpload');
    await declare.locator('textarea.body-param__text').fill(JSON.stringify(declaration));
    const declared = await execute(declare);
    expect(declared.status).toBe('201');
    const { document, upload } = JSON.parse(declared.body);
    const put = await fetch(upload.url, {
      method: 'PUT',
      headers: upload.headers,
      body: new Blob([new Uint8Array(content)]),
    });
    expect(put.status).toBe(200);
    await (await apiOf(cloud, 'patient-north')).settle(document.id);

    const listed = await execute(await open(page, 'listDocuments'));
    expect(JSON.parse(listed.body).documents).toMatchObject([{ id: document.id, state: 'available' }]);

    const download = await open(page, 'issueDownload');
    await download.locator('tr[data-param-name="documentId"] input').fill(document.id);
    const { url } = JSON.parse((await execute(download)).body);
    const bytes = await (await fetch(url)).bytes();
    expect(Buffer.from(bytes).equals(Buffer.from(content))).toBe(true);

    expect(person.faults).toEqual([]);
  });

  it.each(['Nora Lind', 'Dr Amara'])(
    'has an example of a declaration that the API takes as it is from %s',
    async (name) => {
      await using person = await visit(browser, `${cloud.origin}/docs`);
      await signIn(person.page, name);

      expect(await execute(await open(person.page, 'requestUpload'))).toEqual({
        status: '201',
        body: expect.any(String),
      });
    },
  );
});
