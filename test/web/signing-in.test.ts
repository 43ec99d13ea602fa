import { describe, expect, it } from 'vitest';
import { chooseFiles, visit } from '../support/visit.ts';
import { browserOfFile, pdf, withPerson } from './support/scene.ts';
import { startSite } from './support/site.ts';

const browser = browserOfFile();

describe('signing in', { timeout: 60_000 }, () => {
  it('shows who is signed in, survives a reload, and leaves nothing in the address bar', () =>
    withPerson(browser(), async ({ page }) => {
      await page.getByText('Nora Lindqvist').waitFor();
      expect(new URL(page.url()).search).toBe('');
      await page.reload();
      await page.getByText('Nora Lindqvist').waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      expect(await page.evaluate(() => JSON.stringify(sessionStorage))).toBe('{}');
    }));

  it('says so when it was cancelled, and when it is not of this tab', async () => {
    await using site = await startSite();
    await using person = await visit(browser(), site.url);
    const { page } = person;
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/identity\//);
    const state = new URL(page.url()).searchParams.get('state');
    await page.goto(`${site.url}?error=access_denied&state=${state}&iss=${encodeURIComponent(`${site.url}identity`)}`);
    await page.getByText('The sign-in was cancelled.').waitFor();
    await page.goto(`${site.url}?code=stolen&state=foreign`);
    await page.getByText('The sign-in did not succeed.').waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('ends with words when the API no longer takes the token', () =>
    withPerson(browser(), async ({ page, cloud }) => {
      cloud.takesToken = () => false;
      await chooseFiles(page, pdf('late.pdf'));
      await page.getByText('Your session has ended. Sign in again').waitFor();
      expect(await page.evaluate(() => JSON.stringify(sessionStorage))).toBe('{}');
    }));

  it('ends with words when the token runs out', () =>
    withPerson(browser(), async ({ page }) => {
      await page.clock.install();
      await page.reload();
      await page.getByRole('heading', { name: 'Your documents' }).waitFor();
      await page.clock.fastForward('01:00:01');
      await page.getByText('Your session has ended. Sign in again').waitFor();
    }));

  it('tells when the settings of the page cannot be loaded', async () => {
    await using site = await startSite();
    await using person = await visit(browser(), 'about:blank');
    await person.page.route('**/config.json', (route) => route.fulfill({ status: 404, body: 'gone' }));
    await person.page.goto(site.url);
    await person.page.getByText('The settings of this page cannot be loaded.').waitFor();
  });
});
