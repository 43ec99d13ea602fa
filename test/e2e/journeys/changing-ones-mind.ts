import { expect, it } from 'vitest';
import { accessibilityViolations } from '../../support/accessibility.ts';
import { apiOf } from '../../support/api.ts';
import { chooseFiles } from '../../support/visit.ts';
import { type Scene, withPerson } from '../support/scene.ts';

const name = 'Befund Müller (2026-11).pdf';

/** What was uploaded may be deleted, taken back and looked up, by keyboard as well. */
export function changingOnesMind(scene: () => Scene): void {
  it('deletes a document, restores it, downloads it again, and finds all of it in its history', () =>
    withPerson(scene(), 'Tomas Berg', async ({ page }) => {
      const button = (words: string) => page.getByRole('button', { name: `${words} ${name}`, exact: true });
      await chooseFiles(page, scene().files.pdf);
      await button('Delete').press('Enter');
      await button('Restore').and(page.locator(':focus')).waitFor();
      expect(await button('Download').count()).toBe(0);
      await page.reload();
      await page.getByText('Nothing here but deleted documents.').waitFor();
      await page.getByLabel('Show deleted').press('Space');
      await page.getByText(/^You can restore it until .+ 20\d\d\.$/).waitFor();
      expect(await accessibilityViolations(page)).toEqual([]);

      await button('Restore').press('Enter');
      const download = page.waitForEvent('download');
      await button('Download').press('Enter');
      expect((await download).suggestedFilename()).toBe(name);
      await button('History').press('Enter');
      const entries = page.locator('.history li b');
      await entries.first().waitFor();
      const told = await entries.allTextContents();
      expect(told.at(0)).toBe('Announced');
      expect(told.slice(-3)).toEqual(['Deleted', 'Restored', 'Download link requested']);
      await page
        .getByText(/Deleted by you, /)
        .first()
        .waitFor();
      expect(await page.getByText('someone else').count()).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
    }));

  it('is told 304 by the whole cloud where it has the document as it is, and pages may ask so', async () => {
    const { cloud } = scene();
    const api = await apiOf(cloud, 'admin-north');
    const { documents } = JSON.parse((await api.call('/v1/me/documents')).text);
    const path = `/v1/documents/${documents[0].id}`;
    const first = await api.call(path);
    const etag = first.headers.get('etag') ?? '';
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const again = await api.call(path, { headers: { 'If-None-Match': `"other", W/${etag}` } });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);

    const origin = cloud.origin;
    const asked = { Origin: origin, 'Access-Control-Request-Method': 'GET' };
    const preflight = await fetch(`${cloud.origin}${path}`, { method: 'OPTIONS', headers: asked });
    expect(preflight.headers.get('access-control-allow-headers')?.split(',')).toContain('if-none-match');
    expect(preflight.headers.get('access-control-allow-methods')?.split(',')).toEqual(
      expect.arrayContaining(['GET', 'DELETE']),
    );
    const read = await api.call(path, { headers: { Origin: origin } });
    expect(read.headers.get('access-control-expose-headers')).toContain('ETag');
  });
}
