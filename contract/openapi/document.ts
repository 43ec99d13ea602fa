import { type ProblemKind, problemKinds } from '../problems.ts';
import { type Route, routes } from '../routes.ts';
import { type RouteExample, routeExamples } from './examples.ts';
import type { JsonObject } from './json.ts';
import { operationOf, tags } from './operations.ts';
import { problemExample } from './problem-examples.ts';
import { componentSchemas } from './schemas.ts';
import { exampleSignIn, type SignIn, securitySchemes } from './security.ts';

const description = [
  'Uploads and downloads of sensitive documents: this API describes and permits, the bytes go straight to and from S3.',
  '',
  '1. `POST /v1/documents` declares a file and answers with a signed PUT.',
  '2. Send the bytes there, with the headers as they were given.',
  '3. Ask for the document until it is `available`.',
  '4. `GET /v1/documents/{documentId}/download` answers with a signed GET.',
  '',
  'What goes wrong is `application/problem+json` (RFC 9457). Programs compare the last segment of `type`; opened, it',
  'leads to a page on what to do. Lengths of texts are counted in UTF-16 code units.',
].join('\n');

const pathsOf = (table: Readonly<Record<string, Route>>, examples: Readonly<Record<string, RouteExample>>) => {
  const byPath = Map.groupBy(Object.entries(table), ([, { path }]) => path);
  const operations = ([name, route]: [string, Route]) => [
    route.method.toLowerCase(),
    operationOf(name, route, examples[name] ?? {}),
  ];
  return Object.fromEntries([...byPath].map(([path, entries]) => [path, Object.fromEntries(entries.map(operations))]));
};

const problemExamples = (): JsonObject =>
  Object.fromEntries(
    (Object.keys(problemKinds) as ProblemKind[]).map((kind) => [
      kind,
      { summary: problemKinds[kind].title, value: problemExample(kind) as unknown as JsonObject },
    ]),
  );

/**
 * The OpenAPI 3.1 document, made of the route table and nothing else. Its one server is relative: the API is where the
 * document was found, below whatever stage or base path.
 */
export const openApiDocument = (signIn: SignIn = exampleSignIn): JsonObject => ({
  openapi: '3.1.1',
  info: {
    title: 'Sealdrop',
    version: '1.0.0',
    description,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '.', description: 'The API that this document is from' }],
  tags,
  paths: pathsOf(routes, routeExamples),
  components: {
    schemas: componentSchemas(routes),
    examples: problemExamples(),
    securitySchemes: securitySchemes(signIn),
  },
});
