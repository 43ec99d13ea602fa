import { TemplateError } from '../template/errors.ts';
import { isObject, type Json } from '../template/json.ts';

type Fits = (value: Json) => boolean;

/** "Numeric matching is limited to values between -5.0e9 and +5.0e9 inclusive." */
const numberMax = 5e9;

const comparators: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

const notUnderstood = (matcher: Json, where: string): TemplateError =>
  new TemplateError(`${where}: ${JSON.stringify(matcher)} is not emulated by the local cloud.`);

const isPrimitive = (value: Json): boolean => value === null || typeof value !== 'object';

const ofText =
  (test: (value: string) => boolean): Fits =>
  (value) =>
    typeof value === 'string' && test(value);

/** `[">", 0, "<=", 5]`: one comparison or both ends of a range. */
const numeric = (terms: readonly Json[], where: string): Fits => {
  const pairs = Array.from({ length: Math.ceil(terms.length / 2) }, (_, index) => {
    const [operator, bound] = terms.slice(2 * index, 2 * index + 2);
    const compare = typeof operator === 'string' ? comparators[operator] : undefined;
    if (compare === undefined || typeof bound !== 'number' || Math.abs(bound) > numberMax) {
      throw notUnderstood({ numeric: terms }, where);
    }
    return (value: number) => compare(value, bound);
  });
  if (pairs.length === 0 || pairs.length > 2) throw notUnderstood({ numeric: terms }, where);
  return (value) => typeof value === 'number' && pairs.every((fits) => fits(value));
};

/** What is left out: a value, several, or what a `prefix`, `suffix` or `equals-ignore-case` says. */
const anythingBut = (excluded: Json, where: string): Fits => {
  const list: readonly Json[] = Array.isArray(excluded) ? excluded : [excluded];
  const isText = isObject(excluded) && !('numeric' in excluded) && !('anything-but' in excluded);
  if (list.length === 0 || !(isText || list.every((value) => typeof value === 'string' || typeof value === 'number'))) {
    throw notUnderstood({ 'anything-but': excluded }, where);
  }
  const fits = list.map((value) => compileComparison(value, where));
  return (value) => !fits.some((isExcluded) => isExcluded(value));
};

/** Whether one value, which is neither list nor object, fits a matcher other than `exists`. */
export const compileComparison = (matcher: Json, where: string): Fits => {
  if (isPrimitive(matcher)) return (value) => value === matcher;
  const [[operator, argument] = [], ...others] = isObject(matcher) ? Object.entries(matcher) : [];
  if (argument === undefined || others.length > 0) throw notUnderstood(matcher, where);
  if (operator === 'anything-but') return anythingBut(argument, where);
  if (operator === 'numeric' && Array.isArray(argument)) return numeric(argument, where);
  if (typeof argument === 'string') {
    if (operator === 'prefix') return ofText((value) => value.startsWith(argument));
    if (operator === 'suffix') return ofText((value) => value.endsWith(argument));
    if (operator === 'equals-ignore-case') return ofText((value) => value.toLowerCase() === argument.toLowerCase());
  }
  throw notUnderstood(matcher, where);
};
