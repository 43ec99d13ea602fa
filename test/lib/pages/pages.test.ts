import { describe, expect, it } from 'vitest';
import { problemKinds } from '../../../contract/problems.ts';
import { pages } from '../../../lib/pages/pages.ts';

const files = pages();
const own = [...files].filter(([path]) => path.endsWith('.html'));

/** As browsers do, below a stage; a page `NAME/index.html` is served at `NAME`. */
const resolve = (link: string, path: string): string =>
  new URL(link, `https://api.example.com/live/${path.replace(/\/index\.html$/, '')}`).pathname;

describe('the pages of the API', () => {
  it('are its description, the page that shows it, and one for each problem', () => {
    const problems = [...files.keys()].filter((path) => path.startsWith('problems/'));

    expect(problems.sort()).toEqual(
      Object.keys(problemKinds)
        .map((kind) => `problems/${kind}/index.html`)
        .sort(),
    );
    expect(JSON.parse(files.get('openapi.json') ?? '').openapi).toMatch(/^3\.1/);
  });

  it('have no script and no style inside, which the policy forbids', () => {
    for (const [path, html] of own) {
      expect(html, path).not.toMatch(/<script(?![^>]*\ssrc=)/);
      expect(html, path).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/);
    }
  });

  it('link to what is there, below whatever stage, and to no other site', () => {
    const served = new Set([...files.keys()].map((path) => `/live/${path.replace(/\/index\.html$/, '')}`));
    for (const [path, html] of own) {
      const links = [...html.matchAll(/\s(?:href|src)="([^"#]+)"/g)].map(([, link = '']) => link);
      for (const link of links.filter((link) => link !== 'data:,')) {
        expect(link, path).not.toMatch(/^\/|^\w+:/);
        expect([...served], `${path} links to ${link}`).toContain(resolve(link, path));
      }
    }
  });

  it('fit into an answer of Lambda, six megabytes, as JSON', () => {
    for (const [path, content] of files)
      expect(Buffer.byteLength(JSON.stringify(content)), path).toBeLessThan(5_500_000);
  });

  it('show a problem as its Markdown says', () => {
    const page = files.get('problems/malformed-json/index.html') ?? '';

    expect(page).toContain('<title>The request body is not a JSON object – Sealdrop</title>');
    expect(page).toContain('<h2>What to do</h2>');
    expect(page).toContain('<a href="invalid-request">invalid-request</a>');
  });
});
