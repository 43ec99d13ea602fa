import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from '../../../contract/routes.ts';
import type { JsonSchema } from './json-schema.ts';

type Node = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

interface Operation {
  readonly parameters?: readonly unknown[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
}

/** What the world is told of this API; another test holds it to the route table. */
const file = join(import.meta.dirname, '../../../docs/openapi.json');
const document = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

/** `#/components/schemas/Document` */
const pointed = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((node, step) => (node as Node)[step], document);

/** The same with every reference put in; the schemas of this API do not refer to themselves. */
const resolved = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(resolved);
  if (typeof node !== 'object' || node === null) return node;
  const { $ref, ...rest } = node as Node;
  const target = typeof $ref === 'string' ? (resolved(pointed($ref)) as Node) : {};
  return { ...target, ...Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, resolved(inner)])) };
};

/** What a request to a route is made of, as JSON Schemas. */
export const schemasOf = ({ method, path }: Route): Readonly<Record<'body' | 'query' | 'params', JsonSchema>> => {
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`docs/openapi.json has no ${method} ${path}.`);
  const parameters = resolved(operation.parameters ?? []) as readonly Parameter[];
  const named = (where: Parameter['in']): JsonSchema => {
    const those = parameters.filter((parameter) => parameter.in === where);
    return {
      type: 'object',
      properties: Object.fromEntries(those.map(({ name, schema }) => [name, schema])),
      required: those.flatMap(({ name, required }) => (required ? [name] : [])),
    };
  };
  const content = operation.requestBody?.content['application/json'];
  return {
    body: content === undefined ? {} : (resolved(content.schema) as JsonSchema),
    query: named('query'),
    params: named('path'),
  };
};
