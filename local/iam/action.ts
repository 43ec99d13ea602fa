import { PolicyError } from './policy-error.ts';
import { readScalars } from './read.ts';
import { parseTemplate, resolveTemplate } from './template.ts';
import { matchesPattern } from './wildcard.ts';

export interface Actions {
  matches(action: string): boolean;
  /** The service prefixes; undefined where an action may be of any service. */
  readonly services: ReadonlySet<string> | undefined;
}

const grammar = /^(?:\*|[a-z0-9-]+:[a-z0-9*?]+)$/i;

/** `*`, or `service:Action` with `*` and `?` in the name. Case does not matter. */
export const compileActions = (value: unknown, element: string, where: string): Actions => {
  const texts = readScalars(value, element, where).map((text) => {
    if (!grammar.test(text)) throw new PolicyError(where, `"${text}" in ${element} is not * or service:Action`);
    return text.toLowerCase();
  });
  const patterns = texts.map((text) => resolveTemplate(parseTemplate(text, where), new Map()) ?? []);
  return {
    matches: (action) => patterns.some((pattern) => matchesPattern(pattern, action.toLowerCase())),
    services: texts.includes('*') ? undefined : new Set(texts.map((text) => text.slice(0, text.indexOf(':')))),
  };
};
