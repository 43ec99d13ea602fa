import * as z from 'zod/mini';
import type { Route } from '../route.ts';

/** Whatever is not the name of a file is no such route, so nothing is wrong with it: no format is asked for. */
const ServedName = z.string();

/** A file that anybody may read; one function serves all of them. */
const file = <const MediaTypes extends readonly string[]>(mediaTypes: MediaTypes, schema: z.ZodMiniType = z.string()) =>
  ({
    scopes: [],
    isPublic: true,
    function: 'api-docs',
    response: { status: 200, schema, mediaTypes },
  }) as const;

/** Files that anybody may read. */
export const pageRoutes = {
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description of the API, OpenAPI 3.1',
    ...file(['application/json'], z.record(z.string(), z.unknown())),
    problems: [],
  },
  getDocs: {
    method: 'GET',
    path: '/docs',
    summary: 'The description of the API for people, who can try it out there',
    ...file(['text/html']),
    problems: [],
  },
  getDocsFile: {
    method: 'GET',
    path: '/docs/{file}',
    summary: 'A script or style of the page at /docs',
    ...file(['text/javascript', 'text/css', 'text/html', 'text/plain']),
    params: z.strictObject({ file: ServedName }),
    problems: ['route-not-found'],
  },
  getProblemPage: {
    method: 'GET',
    path: '/problems/{kind}',
    summary: 'What a problem means and what to do about it: where its type leads',
    ...file(['text/html']),
    params: z.strictObject({ kind: ServedName }),
    problems: ['route-not-found'],
  },
} as const satisfies Record<string, Route>;
