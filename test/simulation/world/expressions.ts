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
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const compileClause = (clause: string): Predicate => {
  const [, absent] = /^attribute_not_exists\(([#\w.]+)\)$/.exec(clause) ?? [];
  if (absent !== undefined) return (item, placeholders) => read(item, absent, placeholders) === undefined;
  const [, present] = /^attribute_exists\(([#\w.]+)\)$/.exec(clause) ?? [];
  if (present !== undefined) return (item, placeholders) => read(item, present, placeholders) !== undefined;
  const [, begun, start] = /^begins_with\(([#\w.]+), (:\w+)\)$/.exec(clause) ?? [];
  if (begun !== undefined && start !== undefined)
    return (item, placeholders) =>
      String(read(item, begun, placeholders) ?? '').startsWith(String(literalOf(start, placeholders)));
  const [, member, list] = /^([#\w.]+) IN \((:\w+(?:, :\w+)*)\)$/.exec(clause) ?? [];
  if (member !== undefined && list !== undefined) {
    const values = list.split(', ');
    return (item, placeholders) => {
      const value = read(item, member, placeholders);
      return values.some((placeholder) => literalOf(placeholder, placeholders) === value);
    };
  }
  const [, path, operator, placeholder] = /^([#\w.]+) (=|<|<=|>|>=) (:\w+)$/.exec(clause) ?? [];
  const compare = comparisons[operator ?? ''];
  if (path === undefined || placeholder === undefined || compare === undefined)
    throw new NotImplemented(`the condition '${clause}'`);
  return (item, placeholders) => {
    const [left, right] = [read(item, path, placeholders), literalOf(placeholder, placeholders)];
    return typeof left === typeof right && compare(left as string | number, right);
  };
};

const conditions = new Map<string, Predicate>();

const compileGroup = (group: string): Predicate => {
  const clauses = group.split(' AND ').map(compileClause);
  return (candidate, given) => clauses.every((clause) => clause(candidate, given));
};

/** Clauses joined by AND, or by OR and in parentheses below it, each one that our adapters use. */
export const holds = (expression: string, item: Item | undefined, placeholders: Placeholders): boolean => {
  let predicate = conditions.get(expression);
  if (predicate === undefined) {
    const groups = expression.split(' OR ').map((group) => compileGroup(group.replace(/^\((.*)\)$/, '$1')));
    predicate = (candidate, given) => groups.some((group) => group(candidate, given));
    conditions.set(expression, predicate);
  }
  return predicate(item, placeholders);
};

/** `name = :value`, or `name = if_not_exists(name, :value)`. */
interface Assignment {
  readonly name: string;
  readonly placeholder: string;
  readonly ifAbsent: boolean;
}

interface Update {
  readonly set: readonly Assignment[];
  readonly add: readonly (readonly [name: string, placeholder: string])[];
  readonly remove: readonly string[];
}

const updates = new Map<string, Update>();

const assignment = /([#\w]+) = (?:if_not_exists\(\1, (:\w+)\)|(:\w+))/;
const list = ({ source }: RegExp): string => `${source}(?:, ${source})*`;
const shape = new RegExp(
  `^(?:SET (?<set>${list(/[#\w]+ = (?:if_not_exists\([#\w]+, :\w+\)|:\w+)/)}))?(?:(?:^| )ADD (?<add>${list(/\w+ :\w+/)}))?(?:(?:^| )REMOVE (?<remove>${list(/[#\w]+/)}))?$`,
);

const parseUpdate = (expression: string): Update => {
  const { set, add, remove } = shape.exec(expression)?.groups ?? {};
  if (set === undefined && add === undefined && remove === undefined)
    throw new NotImplemented(`the update '${expression}'`);
  const assignments = set === undefined ? [] : [...set.matchAll(new RegExp(assignment, 'g'))];
  return {
    set: assignments.map(([, name = '', ifAbsent, value]) => ({
      name,
      placeholder: ifAbsent ?? value ?? '',
      ifAbsent: ifAbsent !== undefined,
    })),
    add: add?.split(', ').map((pair) => pair.split(' ') as [string, string]) ?? [],
    remove: remove?.split(', ') ?? [],
  };
};

/** The item as `SET name = :value, … ADD name :value, … REMOVE name, …` leaves it. */
export const updated = (expression: string, item: Item, placeholders: Placeholders): Item => {
  let update = updates.get(expression);
  if (update === undefined) {
    update = parseUpdate(expression);
    updates.set(expression, update);
  }
  const result: Record<string, unknown> = { ...item };
  for (const { name, placeholder, ifAbsent } of update.set) {
    const value = placeholders.ExpressionAttributeValues?.[placeholder];
    if (value === undefined) throw new NotImplemented(`the value ${placeholder}`);
    const attribute = nameOf(name, placeholders);
    if (!ifAbsent || item[attribute] === undefined) result[attribute] = value;
  }
  for (const [name, placeholder] of update.add)
    result[name] = Number(item[name] ?? 0) + Number(literalOf(placeholder, placeholders));
  for (const name of update.remove) delete result[nameOf(name, placeholders)];
  return result;
};
