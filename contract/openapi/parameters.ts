import * as z from 'zod/mini';
import type { Route } from '../routes.ts';
import { headerParameters } from './headers.ts';
import type { Json, JsonObject } from './json.ts';

export type Examples = Readonly<Record<string, string>>;

type Shape = Readonly<Record<string, JsonObject>>;

const shapeOf = (schema: z.ZodMiniType, io: 'input' | 'output') => {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as unknown as {
    readonly properties?: Shape;
    readonly required?: readonly string[];
  };
  return { properties, required };
};

/**
 * What is text on the way and a number in the end is described as the number: the bounds are on that. Whole where the
 * text may hold nothing but digits.
 */
const readAs = (sent: JsonObject, parsed: JsonObject | undefined): JsonObject => {
  if (sent.type !== 'string' || parsed === undefined || !/^(number|integer)$/.test(`${parsed.type}`)) return sent;
  return { ...parsed, ...(`${sent.pattern}`.startsWith('^[0-9]') && { type: 'integer' }) };
};

const exampleOf = ({ type }: JsonObject, text: string | undefined): Json | undefined =>
  text === undefined || (type !== 'number' && type !== 'integer') ? text : Number(text);

const describe = (schema: z.ZodMiniType, place: 'path' | 'query', examples: Examples): readonly JsonObject[] => {
  const [sent, parsed] = [shapeOf(schema, 'input'), shapeOf(schema, 'output')];
  return Object.entries(sent.properties).map(([name, property]) => {
    const { description, ...described } = readAs(property, parsed.properties[name]);
    const example = exampleOf(described, examples[name]);
    const required = place === 'path' || sent.required.includes(name);
    return {
      name,
      in: place,
      required,
      ...(description !== undefined && { description }),
      // Pages fill in what is `example`: right for what must be there, wrong for filters that nobody asked for.
      schema: { ...described, ...(example !== undefined && !required && { examples: [example] }) },
      ...(example !== undefined && required && { example }),
    };
  });
};

/** Parameters of a route: of its path, of its query, and the headers that the table speaks of. */
export const parametersOf = (
  route: Route,
  examples: { readonly params?: Examples; readonly query?: Examples },
): readonly JsonObject[] => [
  ...(route.params ? describe(route.params, 'path', examples.params ?? {}) : []),
  ...(route.query ? describe(route.query, 'query', examples.query ?? {}) : []),
  ...headerParameters(route),
];
