/** An item of the table, as the document client reads and writes it. */
export type Item = Readonly<Record<string, unknown>>;

export interface Placeholders {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
}

type Predicate = (item: Item | undefined, placeholders: Placeholders) => boolean;

/** What the fake does not know it refuses: an expression that it guessed at would prove nothing. */
export class NotImplemented extends Error {
  constructor(what: string) {
    super(`The simulated world does not know ${what}.`);
    this.name = 'NotImplemented';
  }
}

const nameOf = (step: string, { ExpressionAttributeNames = {} }: Placeholders): string => {
  const name = step.startsWith('#') ? ExpressionAttributeNames[step] : step;
  if (name === undefined) throw new NotImplemented(`the name ${step}`);
  return name;
};

const read = (item: Item | undefined, path: string, placeholders: Placeholders): unknown => {
  let value: unknown = item;
  for (const step of path.split('.')) value = (value as Item | undefined)?.[nameOf(step, placeholders)];
  return value;
};

const literalOf = (placeholder: string, { ExpressionAttributeValues = {} }: Placeholders): string | number => {
  const value = ExpressionAttributeValues[placeholder];
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new NotImplemented(`comparing with ${placeholder}, which is neither text nor a number`);
  return value;
};

/** An attribute that is absent or of another type compares as false, as in DynamoDB. */
const comparisons: Readonly<Record<string, (left: string | number, right: string | number) => boolean>> = {
  '=': (left, right) => left === right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
};

const compileClause = (clause: string): Predicate => {
  const [, absent] = /^attribute_not_exists\(([#\w.]+)\)$/.exec(clause) ?? [];
  if (absent !== undefined) return (item, placeholders) => read(item, absent, placeholders) === undefined;
  const [, member, list] = /^([#\w.]+) IN \((:\w+(?:, :\w+)*)\)$/.exec(clause) ?? [];
  if (member !== undefined && list !== undefined) {
    const values = list.split(', ');
    return (item, placeholders) => {
      const value = read(item, member, placeholders);
      return values.some((placeholder) => literalOf(placeholder, placeholders) === value);
    };
  }
  const [, path, operator, placeholder] = /^([#\w.]+) (=|<|<=) (:\w+)$/.exec(clause) ?? [];
  const compare = comparisons[operator ?? ''];
  if (path === undefined || placeholder === undefined || compare === undefined)
    throw new NotImplemented(`the condition '${clause}'`);
  return (item, placeholders) => {
    const [left, right] = [read(item, path, placeholders), literalOf(placeholder, placeholders)];
    return typeof left === typeof right && compare(left as string | number, right);
  };
};

const conditions = new Map<string, Predicate>();

/** Clauses joined by AND, each one that our adapters use. */
export const holds = (expression: string, item: Item | undefined, placeholders: Placeholders): boolean => {
  let predicate = conditions.get(expression);
  if (predicate === undefined) {
    const clauses = expression.split(' AND ').map(compileClause);
    predicate = (candidate, given) => clauses.every((clause) => clause(candidate, given));
    conditions.set(expression, predicate);
  }
  return predicate(item, placeholders);
};

interface Update {
  readonly set: readonly (readonly [name: string, placeholder: string])[];
  readonly remove: readonly string[];
}

const updates = new Map<string, Update>();

const parseUpdate = (expression: string): Update => {
  const [, assignments = '', removals = ''] =
    /^(?:SET ([#\w]+ = :\w+(?:, [#\w]+ = :\w+)*))?(?:(?:^| )REMOVE (\w+(?:, \w+)*))?$/.exec(expression) ?? [];
  if (assignments === '' && removals === '') throw new NotImplemented(`the update '${expression}'`);
  const set = assignments === '' ? [] : assignments.split(', ').map((pair) => pair.split(' = ') as [string, string]);
  return { set, remove: removals === '' ? [] : removals.split(', ') };
};

/** The item as `SET name = :value, … REMOVE name, …` leaves it. */
export const updated = (expression: string, item: Item, placeholders: Placeholders): Item => {
  let update = updates.get(expression);
  if (update === undefined) {
    update = parseUpdate(expression);
    updates.set(expression, update);
  }
  const result: Record<string, unknown> = { ...item };
  for (const [name, placeholder] of update.set) {
    const value = placeholders.ExpressionAttributeValues?.[placeholder];
    if (value === undefined) throw new NotImplemented(`the value ${placeholder}`);
    result[nameOf(name, placeholders)] = value;
  }
  for (const name of update.remove) delete result[name];
  return result;
};
