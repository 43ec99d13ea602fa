import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
const page = readFileSync(join(root, 'docs/production-checklist.md'), 'utf8');

describe('the production checklist', () => {
  it('names only what there is: pages and scripts', () => {
    const links = [...page.matchAll(/\]\(([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(root, 'docs', link)))).toEqual([]);
    const commands = [...page.matchAll(/npm run (?:-s )?([a-z:-]+)/g)].map(([, name = '']) => name);
    expect(commands.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    expect(commands.length).toBeGreaterThan(0);
  });

  it('advises on MFA delete, and says what it costs', () => {
    expect(page).toMatch(/MFA delete[\s\S]*MFADelete=Enabled[\s\S]*The price/);
  });
});
