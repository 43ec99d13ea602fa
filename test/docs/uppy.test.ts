import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'docs/uppy.md'), 'utf8');

const filesOf = (extension: string): string[] =>
  readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(extension) && !path.includes('node_modules'))
    .map((path) => join(root, 'examples', path));

const contentOf = (path: string): string => readFileSync(path, 'utf8');

describe('docs/uppy.md', () => {
  it('shows code of the examples, letter by letter', () => {
    const blocks = [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, block = '']) => block);
    const code = filesOf('.ts').map(contentOf);
    expect(blocks).not.toEqual([]);
    expect(blocks.filter((block) => !code.some((text) => text.includes(block)))).toEqual([]);
  });

  it('leads, as the examples do, to nothing that is not there', () => {
    const pages = [join(root, 'docs/uppy.md'), ...filesOf('README.md')];
    const dead = pages.flatMap((page) =>
      [...contentOf(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
        .map(([, path = '']) => join(page, '..', path))
        .filter((path) => !existsSync(path)),
    );
    expect(dead).toEqual([]);
  });
});
