import { parseTemplate, resolveTemplate, resolveText } from '../template.ts';
import { matchesPattern } from '../wildcard.ts';
import type { Comparator } from './comparator.ts';

/** Case matters; `*` and `?` are plain characters. */
export const stringEquals: Comparator = (expected, where) => {
  const template = parseTemplate(expected, where);
  return (actual, context) => resolveText(template, context) === actual;
};

export const stringEqualsIgnoreCase: Comparator = (expected, where) => {
  const template = parseTemplate(expected, where);
  return (actual, context) => resolveText(template, context)?.toLowerCase() === actual.toLowerCase();
};

/** Case matters; `*` is any run of characters, none included, and `?` is one. */
export const stringLike: Comparator = (expected, where) => {
  const template = parseTemplate(expected, where);
  return (actual, context) => {
    const pattern = resolveTemplate(template, context);
    return pattern !== undefined && matchesPattern(pattern, actual);
  };
};
