import type { Item } from './expressions.ts';

/** As the document client writes it, see lambdas/adapters/dynamodb/marshalling.ts. */
export const withoutUndefined = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        typeof value === 'object' && value !== null && !Array.isArray(value) ? withoutUndefined(value as Item) : value,
      ]),
  );
