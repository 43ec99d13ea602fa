import { checkConditionKey, isMultivaluedKey } from './condition-keys.ts';
import { type Context, singleValue } from './context.ts';
import { PolicyError } from './policy-error.ts';
import { literalPattern, type Pattern, type PatternStep } from './wildcard.ts';

/** A policy variable, `${key}` or `${key, 'fallback'}`. */
interface Variable {
  readonly variable: string;
  readonly fallback: string | undefined;
}

/** A text of a policy with its wildcards and policy variables told apart from plain characters. */
export type Template = readonly (PatternStep | Variable)[];

const grammar =
  /\$\{(?<special>[*?$])\}|\$\{(?<key>[^{},']+)(?:, *'(?<fallback>[^{}']*)')?\}|(?<malformed>\$\{)|(?<character>.)/gsu;

/**
 * Reads `*` and `?`, policy variables, and `${*}`, `${?}`, `${$}` for those characters themselves (IAM user guide,
 * "IAM policy elements: Variables and tags"). Throws for a variable that is no known single-valued condition key.
 */
export const parseTemplate = (text: string, where: string): Template =>
  [...text.matchAll(grammar)].map(({ groups = {} }): PatternStep | Variable => {
    const { special, key, fallback, malformed, character = '' } = groups;
    if (malformed !== undefined) {
      throw new PolicyError(where, `malformed policy variable in "${text}"; write \${key}, or \${$} for a dollar sign`);
    }
    if (special !== undefined) return { literal: special };
    if (key === undefined) return character === '*' || character === '?' ? character : { literal: character };
    const kind = `policy variable "\${${key}}"`;
    if (isMultivaluedKey(key)) throw new PolicyError(where, `unknown ${kind}`);
    checkConditionKey(key, kind, where);
    return { variable: key, fallback };
  });

export const hasVariables = (template: Template): boolean =>
  template.some((part) => typeof part === 'object' && 'variable' in part);

/**
 * Puts in the values of the request, as plain characters: a `*` in a value is no wildcard. Undefined where a variable
 * has no value and no fallback; such a text matches nothing.
 */
export const resolveTemplate = (template: Template, context: Context): Pattern | undefined => {
  const pattern: PatternStep[] = [];
  for (const part of template) {
    if (typeof part === 'string' || 'literal' in part) {
      pattern.push(part);
      continue;
    }
    const value = singleValue(context, part.variable) ?? part.fallback;
    if (value === undefined) return undefined;
    pattern.push(...literalPattern(value));
  }
  return pattern;
};

/** The same for operators without wildcards: `*` and `?` stand for themselves. */
export const resolveText = (template: Template, context: Context): string | undefined =>
  resolveTemplate(template, context)
    ?.map((step) => (typeof step === 'string' ? step : step.literal))
    .join('');
