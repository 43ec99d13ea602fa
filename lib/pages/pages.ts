import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openApiDocument } from '../../contract/openapi/document.ts';
import { problemPage } from './problem-page.ts';

const root = join(import.meta.dirname, '../..');
const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** What of Swagger UI the page needs. No layout with a box for other addresses, no source maps, no icons. */
const swaggerUiFiles = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-bundle.js.LICENSE.txt',
  'oauth2-redirect.html',
  'oauth2-redirect.js',
];

const filesOf = (directory: string, names: readonly string[] = readdirSync(directory)) =>
  names.map((name) => [name, readFileSync(join(directory, name), 'utf8')] as const);

/**
 * The files that describe the API, by their paths in the bundle of `api-docs`: what is here is served to anybody, and
 * nothing else is. `NAME/index.html` is served at `/NAME`.
 */
export const pages = (): ReadonlyMap<string, string> => {
  const docs = [...filesOf(join(root, 'lambdas/pages/docs')), ...filesOf(swaggerUi, swaggerUiFiles)];
  const problems = filesOf(join(root, 'docs/problems'));
  return new Map([
    ['openapi.json', JSON.stringify(openApiDocument())],
    ...docs.map(([name, content]) => [`docs/${name}`, content] as const),
    ...problems.map(
      ([name, markdown]) => [`problems/${name.replace(/\.md$/, '')}/index.html`, problemPage(markdown)] as const,
    ),
  ]);
};
