import fc from 'fast-check';
import { accepted } from './accepted.ts';
import type { Draw } from './random.ts';
import { oddText, prototypeNames, textOf } from './texts.ts';

/** As much of JSON Schema as docs/openapi.json is written in. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
}

const matching = new Map<string, fc.Arbitrary<string> | undefined>();

/** What fast-check cannot make strings of (properties of Unicode) is left to chance. */
const arbitraryOf = (pattern: string): fc.Arbitrary<string> | undefined => {
  if (matching.has(pattern)) return matching.get(pattern);
  let found: fc.Arbitrary<string> | undefined;
  try {
    found = fc.stringMatching(new RegExp(pattern), { size: 'small' });
  } catch {
    found = undefined;
  }
  matching.set(pattern, found);
  return found;
};

const aString = (schema: JsonSchema, draw: Draw): string => {
  if (schema.format === 'date') return draw.pick(['2026-11-21', '0001-01-01', '9999-12-31', '2024-02-29']);
  const arbitrary = schema.pattern === undefined ? undefined : arbitraryOf(schema.pattern);
  if (arbitrary !== undefined) return fc.sample(arbitrary, { numRuns: 1, seed: draw.below(2 ** 31) })[0] ?? '';
  const length = Math.min(schema.maxLength ?? 20, (schema.minLength ?? 0) + draw.below(20));
  return textOf({ ...draw, pick: (values) => values[0] as never }, length);
};

const aNumber = ({ minimum = -1000, maximum = 1_000_000 }: JsonSchema, draw: Draw): number =>
  Math.min(maximum, Math.max(minimum, draw.pick([minimum, minimum + 1, minimum + draw.below(100_000), maximum])));

const fieldOf = (name: string, schema: JsonSchema, draw: Draw): unknown => {
  const known = accepted[name];
  return known !== undefined && draw.chance(0.85) ? draw.pick(known) : valid(schema, draw);
};

const anObject = (schema: JsonSchema, draw: Draw): object => {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const named = Object.entries(properties).flatMap(([name, each]) =>
    required.includes(name) || draw.chance(0.4) ? [[name, fieldOf(name, each, draw)] as const] : [],
  );
  if (typeof additionalProperties !== 'object' || propertyNames === undefined) return Object.fromEntries(named);
  const others = Array.from({ length: draw.below(4) }, () => [
    String(valid(propertyNames, draw)),
    valid(additionalProperties, draw),
  ]);
  return Object.fromEntries([...named, ...others]);
};

/** A value that fits the schema, as far as it says. */
export const valid = (schema: JsonSchema, draw: Draw): unknown => {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return valid(draw.pick(choices), draw);
  if (schema.allOf !== undefined) return valid(Object.assign({}, schema, { allOf: undefined }, ...schema.allOf), draw);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return draw.pick(schema.enum);
  if (schema.type === 'string') return aString(schema, draw);
  if (schema.type === 'integer' || schema.type === 'number') return aNumber(schema, draw);
  if (schema.type === 'boolean') return draw.chance(0.5);
  if (schema.type === 'null') return null;
  if (schema.type === 'array')
    return Array.from({ length: draw.below(Math.min(schema.maxItems ?? 3, 3) + 1) }, () =>
      valid(schema.items ?? {}, draw),
    );
  if (schema.type === 'object') return anObject(schema, draw);
  return oddText(draw);
};

const odd = (draw: Draw): unknown =>
  draw.pick<unknown>([
    ...[
      null,
      true,
      0,
      -1,
      1.5,
      -0,
      5e-324,
      1e21,
      2 ** 53,
      Number.MAX_VALUE,
      '',
      '0',
      'null',
      [],
      {},
      [[]],
      [null],
      { a: 1 },
    ],
    ...[oddText(draw), { length: -1 }, JSON.parse('{"__proto__": {"isAdmin": true}}'), 'x'.repeat(300)],
  ]);

/** At, just under and just over the bounds of the schema. */
const atBounds = (schema: JsonSchema, draw: Draw): unknown => {
  const step = draw.pick([-1, 0, 1]);
  if (schema.type === 'string')
    return textOf(draw, Math.max(0, draw.pick([schema.minLength ?? 1, schema.maxLength ?? 255, 64, 128, 200]) + step));
  if (schema.type === 'array')
    return Array.from({ length: Math.max(0, (schema.maxItems ?? 20) + step) }, (_, index) => `${index}`);
  if (schema.type === 'integer' || schema.type === 'number')
    return draw.pick([schema.minimum ?? 0, schema.maximum ?? Number.MAX_SAFE_INTEGER]) + step;
  return Object.fromEntries(Array.from({ length: 20 + step }, (_, index) => [`a${index}`, index]));
};

/** A value that fits but for one place, somewhere inside. */
export const nearlyValid = (schema: JsonSchema, draw: Draw): unknown => {
  const inner = draw.pick(schema.anyOf ?? schema.oneOf ?? [schema]);
  const value = valid(inner, draw);
  if (inner.type !== 'object' || typeof value !== 'object' || value === null)
    return draw.pick([() => odd(draw), () => atBounds(inner, draw), () => oddText(draw)])();
  const fields: Record<string, unknown> = Object.assign(Object.create(null), value);
  const names = Object.keys(inner.properties ?? {});
  const change = names.length === 0 ? 0 : draw.below(6);
  const name = names.length === 0 ? '' : draw.pick(names);
  if (change === 0) fields[draw.pick([...prototypeNames, 'owner', 'tenantId', oddText(draw)])] = odd(draw);
  else if (change === 1) delete fields[name];
  else fields[name] = nearlyValid(inner.properties?.[name] ?? {}, draw);
  return fields;
};
