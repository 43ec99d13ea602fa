import * as z from 'zod/mini';
import { type ProblemKind, problemContentType, problemKinds } from '../problems.ts';
import { answersWithBody, commonProblems, type Route } from '../routes.ts';
import { answersNotModified, headersOfAnswer, headersOfProblem, redirectHeaders } from './headers.ts';
import { type Json, type JsonObject, schemaRef } from './json.ts';
import { schemaName } from './schemas.ts';

/** What callers who need bring no token are not told; one that stands in the path may be nobody's, but has no scopes. */
const isTold = (kind: ProblemKind, { isPublic, byUploadToken }: Route): boolean => {
  if (kind === 'unauthenticated') return !isPublic || byUploadToken === true;
  return kind !== 'insufficient-scope' || !isPublic;
};

/** Every kind of problem a route may answer with. */
export const problemsOf = (route: Route): readonly ProblemKind[] => [
  ...route.problems,
  ...commonProblems.filter((kind) => isTold(kind, route)),
];

const contentOf = (
  name: string,
  { response: { schema, mediaTypes } }: Route,
  example: Json | undefined,
): JsonObject => {
  if (mediaTypes === undefined)
    return {
      'application/json': { schema: schemaRef(schemaName(schema, name, 'Answer')), ...(example && { example }) },
    };
  const { $schema, ...described } = z.toJSONSchema(schema) as unknown as JsonObject;
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: described }]));
};

const successOf = (name: string, route: Route, example: Json | undefined): JsonObject => ({
  description: route.summary,
  headers: route.response.status === 302 ? redirectHeaders : headersOfAnswer(route),
  ...(answersWithBody(route) && { content: contentOf(name, route, example) }),
});

/** OpenAPI has one answer for each status: its examples are the kinds, by name. */
const refusalOf = (status: number, kinds: readonly ProblemKind[], hasBody: boolean): JsonObject => ({
  description: kinds.map((kind) => problemKinds[kind].title).join('; or: '),
  headers: headersOfProblem(status),
  ...(hasBody && {
    content: {
      [problemContentType]: {
        schema: schemaRef('Problem'),
        examples: Object.fromEntries(kinds.map((kind) => [kind, { $ref: `#/components/examples/${kind}` }])),
      },
    },
  }),
});

/** The answers of a route by their status. */
export const responsesOf = (name: string, route: Route, example: Json | undefined): JsonObject => ({
  [route.response.status]: successOf(name, route, example),
  ...(route.redirects && {
    302: { description: 'The signed address of the bytes, as a redirect', headers: redirectHeaders },
  }),
  ...(answersNotModified(route) && {
    304: { description: 'It is as the caller has it', headers: headersOfAnswer(route) },
  }),
  ...Object.fromEntries(
    [...Map.groupBy(problemsOf(route), (kind) => problemKinds[kind].status)]
      .sort(([a], [b]) => a - b)
      .map(([status, kinds]) => [status, refusalOf(status, kinds, route.method !== 'HEAD')]),
  ),
});
