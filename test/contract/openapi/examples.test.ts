import { Validator } from '@cfworker/json-schema';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { openApiDocument } from '../../../contract/openapi/document.ts';
import { routeExamples } from '../../../contract/openapi/examples.ts';
import type { JsonObject } from '../../../contract/openapi/json.ts';
import { problemExample } from '../../../contract/openapi/problem-examples.ts';
import { schemaName } from '../../../contract/openapi/schemas.ts';
import { type ProblemKind, problemKinds } from '../../../contract/problems.ts';
import { answersWithBody, type Route, type RouteName, routes, servesFile } from '../../../contract/routes.ts';

const { components } = openApiDocument() as unknown as { readonly components: JsonObject };

/** As a reader of the document checks it, who has nothing but the document. */
const errorsBy = (component: string, value: unknown): readonly string[] => {
  const validator = new Validator({ $ref: `#/components/schemas/${component}`, components } as object, '2020-12');
  return validator.validate(value).errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
};

const strictly = (schema: z.ZodMiniType, value: unknown) => expect(z.parse(schema, value)).toEqual(value);

describe.each(Object.entries<Route>(routes))('the example of %s', (name, route) => {
  const example = routeExamples[name as RouteName];

  it('has a body exactly where the route takes one, which fits', () => {
    expect(example.body !== undefined).toBe(route.body !== undefined);
    if (route.body === undefined) return;
    strictly(route.body, example.body);
    expect(errorsBy(schemaName(route.body, name, 'Request'), example.body)).toEqual([]);
  });

  it('has an answer unless that is a file or has no body, which fits', () => {
    expect(example.answer !== undefined).toBe(!servesFile(route) && answersWithBody(route));
    if (example.answer === undefined) return;
    strictly(route.response.schema, example.answer);
    expect(errorsBy(schemaName(route.response.schema, name, 'Answer'), example.answer)).toEqual([]);
  });

  it('has a value for each parameter of path and query, which fits', () => {
    for (const [part, schema] of [['params', route.params] as const, ['query', route.query] as const]) {
      const { properties = {} } = schema === undefined ? {} : z.toJSONSchema(schema, { io: 'input' });
      expect(Object.keys(example[part] ?? {})).toEqual(Object.keys(properties));
      if (schema !== undefined) z.parse(schema, example[part]);
    }
  });
});

it.each(Object.keys(problemKinds) as ProblemKind[])('the example of the problem %s fits the document', (kind) => {
  expect(errorsBy('Problem', problemExample(kind))).toEqual([]);
});
