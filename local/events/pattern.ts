import { TemplateError } from '../template/errors.ts';
import { isObject, type Json } from '../template/json.ts';
import { compileComparison } from './pattern-comparison.ts';

/** Whether a part of an event fits; undefined stands for a field that is not there. */
type Test = (value: Json | undefined) => boolean;

/** The values at the end of a path: one, several for a list, none for what is missing or an object. */
const leavesOf = (value: Json | undefined): readonly Json[] => {
  if (value === undefined || isObject(value)) return [];
  return Array.isArray(value) ? value.flatMap(leavesOf) : [value];
};

const existence = (matcher: Json): boolean | undefined =>
  isObject(matcher) && Object.keys(matcher).join() === 'exists' && typeof matcher.exists === 'boolean'
    ? matcher.exists
    : undefined;

/** One of a field's matchers; of a list in the event, one value has to fit. */
const compileMatcher = (matcher: Json, where: string): Test => {
  const exists = existence(matcher);
  if (exists !== undefined) return (value) => leavesOf(value).length > 0 === exists;
  const fits = compileComparison(matcher, where);
  return (value) => leavesOf(value).some(fits);
};

const compileFields = (pattern: Json, where: string): Test => {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    throw new TemplateError(`${where}: an event pattern is an object of fields, not ${JSON.stringify(pattern)}.`);
  }
  const fields = Object.entries(pattern).map(([name, inner]) => {
    if (name === '$or') throw new TemplateError(`${where}: $or is not emulated by the local cloud.`);
    return [name, compileField(inner, `${where}.${name}`)] as const;
  });
  const test: Test = (value) => {
    if (Array.isArray(value) && value.length > 0) return value.some(test);
    return fields.every(([name, fits]) =>
      fits(isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    );
  };
  return test;
};

const compileField = (pattern: Json, where: string): Test => {
  if (!Array.isArray(pattern)) return compileFields(pattern, where);
  if (pattern.length === 0) throw new TemplateError(`${where}: an empty list matches nothing.`);
  const matchers = pattern.map((matcher: Json) => compileMatcher(matcher, where));
  return (value) => matchers.some((fits) => fits(value));
};

/**
 * The events that a pattern asks for (EventBridge user guide, "Creating event patterns"): exact values, `prefix`,
 * `suffix`, `exists`, `anything-but`, `numeric` and `equals-ignore-case`, in fields and fields of fields. Of a list of
 * objects one object has to fit as a whole.
 * @throws TemplateError for whatever else it holds: `wildcard`, `cidr`, `$or`.
 */
export const compilePattern = (pattern: Json, where: string): ((event: Json) => boolean) =>
  compileFields(pattern, where);
