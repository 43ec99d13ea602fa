import type { AccessRequest } from './types.ts';

/** The request context with condition key names in lower case: IAM compares the names without regard to case. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** A key with no values is absent, as in IAM. */
export const contextOf = (request: AccessRequest): Context =>
  new Map(
    Object.entries(request.conditions)
      .map(([key, value]): [string, readonly string[]] => [
        key.toLowerCase(),
        typeof value === 'string' ? [value] : value,
      ])
      .filter(([, values]) => values.length > 0),
  );

/** The value of a single-valued key. Several values there are a mistake of whoever made the request, not of a policy. */
export const singleValue = (context: Context, key: string): string | undefined => {
  const values = context.get(key.toLowerCase()) ?? [];
  if (values.length > 1) {
    throw new TypeError(`The condition key ${key} holds one value, but the request gives ${values.length}.`);
  }
  return values[0];
};
