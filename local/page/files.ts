import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** Content types of what a page is made of; a file of another kind is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly contentType: string;
  /** Built files carry a hash of their content in their names. */
  readonly immutable: boolean;
  readonly content: Buffer;
}

/**
 * The files of the built page, by the path they are served at. They are read once: a request's path is only ever looked
 * up, never made into a path of the disk.
 */
export const readPage = (directory: string): ReadonlyMap<string, PageFile> => {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const contentType = contentTypes[extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(directory, file).split(sep).join('/')}`;
    const page = { contentType, immutable: path.startsWith('/assets/'), content: readFileSync(file) };
    files.set(path, page);
    if (path === '/index.html') files.set('/', page);
  }
  return files;
};
