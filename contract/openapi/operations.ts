import type { Route } from '../routes.ts';
import type { RouteExample } from './examples.ts';
import { type JsonObject, schemaRef } from './json.ts';
import { parametersOf } from './parameters.ts';
import { responsesOf } from './responses.ts';
import { schemaName } from './schemas.ts';
import { securityOf } from './security.ts';

/** What a reader looks for: the first that fits the path. */
const tagOfPath: readonly (readonly [start: string, tag: string, description: string])[] = [
  ['/v1/documents', 'documents', 'Upload, look at, change, download and delete documents'],
  ['/v1/me/', 'documents', ''],
  ['/v1/subjects/', 'documents', ''],
  ['/v1/forms', 'documents', ''],
  ['/v1/upload-tokens', 'uppy', 'For the clients of Uppy: what its Companion answers, and tokens for the path'],
  ['/s3/', 'uppy', ''],
  ['/u/', 'uppy', ''],
  ['/v1/', 'service', 'What this installation is, takes and answers'],
  ['/', 'description', 'The description of this API and its problems, for programs and for people'],
];

export const tags: readonly JsonObject[] = tagOfPath.flatMap(([, name, description]) =>
  description === '' ? [] : [{ name, description }],
);

const tagOf = (path: string): string => tagOfPath.find(([start]) => path.startsWith(start))?.[1] ?? 'service';

/** One operation: its id is the name of the route in the table. */
export const operationOf = (name: string, route: Route, example: RouteExample): JsonObject => ({
  operationId: name,
  summary: route.summary,
  tags: [tagOf(route.path)],
  security: securityOf(route),
  parameters: parametersOf(route, example),
  ...(route.body && {
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: schemaRef(schemaName(route.body, name, 'Request')),
          ...(example.body !== undefined && { example: example.body }),
        },
      },
    },
  }),
  responses: responsesOf(name, route, example.answer),
});
