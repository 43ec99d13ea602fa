import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { PageFile, PageFiles } from '../ports.ts';

/** What pages are made of, all of it text; a file of another kind is not served. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

/** `docs/index.html` is at `/docs`, everything else where it lies. */
const pathOf = (directory: string, file: string): string =>
  `/${relative(directory, file).split(sep).join('/')}`.replace(/\/index\.html$/, '');

/**
 * The files of a folder, read once. `rewrite` changes the content of a file by its path, for what only the installation
 * knows; tags are of what comes of it.
 */
export const pageFolder = (
  directory: string,
  rewrite: Readonly<Record<string, (content: string) => string>> = {},
): PageFiles => {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const mediaType = mediaTypes[extname(entry.name)];
    if (!entry.isFile() || mediaType === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const path = pathOf(directory, file);
    const read = readFileSync(file, 'utf8');
    const content = rewrite[path]?.(read) ?? read;
    files.set(path, { mediaType, content, entityTag: `W/"${hash('sha256', content, 'base64url').slice(0, 22)}"` });
  }
  return { find: (path) => files.get(path) };
};
