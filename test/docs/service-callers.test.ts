import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { storageFaults } from '../../contract/storage-faults.ts';
import { storageHeaderNames } from '../../contract/storage-headers.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/service-callers.md'), 'utf8');

it('the page for back ends shows the example that is compiled', () => {
  const [, shown] = /```ts\n(.*?)```/s.exec(page) ?? [];
  expect(shown).toBe(readFileSync(join(root, 'docs/examples/service-report.ts'), 'utf8'));
});

it('names every header and every diagnosis, and only scripts and files that are there', () => {
  for (const name of [...storageHeaderNames, ...storageFaults]) expect(page).toContain(`\`${name}\``);
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const named = [...page.matchAll(/npm run -s ([\w:-]+)/g)].map(([, name]) => name ?? '');
  expect(named.length).toBe(2);
  for (const name of named) expect(scripts).toHaveProperty([name]);
  const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
  expect(links.filter((path) => !existsSync(join(root, 'docs', path)))).toEqual([]);
});
