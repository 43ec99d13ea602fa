import { arnComponentCount, splitArnTemplate } from './arn.ts';
import type { Context } from './context.ts';
import { PolicyError } from './policy-error.ts';
import { readScalars } from './read.ts';
import { hasVariables, parseTemplate, resolveTemplate, type Template } from './template.ts';
import { matchesPattern } from './wildcard.ts';

export type Resources = (resource: string, context: Context) => boolean;

const serviceIndex = 2;

const parseResource = (text: string, element: string, where: string): Template => {
  const template = parseTemplate(text, where);
  if (text === '*') return template;
  const components = splitArnTemplate(template);
  if (!text.startsWith('arn:') || components.length !== arnComponentCount) {
    throw new PolicyError(where, `"${text}" in ${element} is not * or an ARN of six parts`);
  }
  if (components[serviceIndex]?.some((part) => typeof part === 'string')) {
    throw new PolicyError(where, `"${text}" in ${element} has a wildcard for the service`);
  }
  if (components.slice(0, arnComponentCount - 1).some(hasVariables)) {
    throw new PolicyError(where, `"${text}" in ${element} has a policy variable before the fifth colon`);
  }
  return template;
};

/**
 * `*`, or ARNs with `*` and `?`, where a `*` runs over slashes and colons, and policy variables after the fifth colon.
 * Case matters. (IAM user guide, "IAM JSON policy elements: Resource".)
 */
export const compileResources = (value: unknown, element: string, where: string): Resources => {
  const templates = readScalars(value, element, where).map((text) => parseResource(text, element, where));
  return (resource, context) =>
    templates.some((template) => {
      const pattern = resolveTemplate(template, context);
      return pattern !== undefined && matchesPattern(pattern, resource);
    });
};
