import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageFolder } from '../../../lambdas/adapters/page-folder.ts';

const folderOf = (files: Readonly<Record<string, string>>): string => {
  const directory = mkdtempSync(join(tmpdir(), 'pages-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
};

const directory = folderOf({
  'openapi.json': '{}',
  'docs/index.html': '<html>',
  'docs/start.js': 'start()',
  'docs/page.css': 'a{}',
  'docs/key.pem': 'secret',
  'problems/x/index.html': '<p>',
});

describe('a folder of pages', () => {
  const pages = pageFolder(directory);

  it.each([
    ['/openapi.json', 'application/json', '{}'],
    ['/docs', 'text/html; charset=utf-8', '<html>'],
    ['/docs/start.js', 'text/javascript; charset=utf-8', 'start()'],
    ['/docs/page.css', 'text/css; charset=utf-8', 'a{}'],
    ['/problems/x', 'text/html; charset=utf-8', '<p>'],
  ])('serves %s', (path, mediaType, content) => {
    expect(pages.find(path)).toMatchObject({ mediaType, content });
  });

  it.each(['/docs/key.pem', '/docs/index.html', '/', '', '/docs/../openapi.json', '/constructor', directory])(
    'has nothing at %s',
    (path) => expect(pages.find(path)).toBeUndefined(),
  );

  it('has a weak tag of each content, of what was made of it', () => {
    const [json, html] = [pages.find('/openapi.json')?.entityTag, pages.find('/docs')?.entityTag];
    const rewritten = pageFolder(directory, { '/openapi.json': (content) => `[${content}]` });

    expect(json).toMatch(/^W\/"[\w-]{22}"$/);
    expect(html).not.toBe(json);
    expect(rewritten.find('/openapi.json')?.content).toBe('[{}]');
    expect(rewritten.find('/openapi.json')?.entityTag).not.toBe(json);
    expect(rewritten.find('/docs')?.entityTag).toBe(html);
  });
});
