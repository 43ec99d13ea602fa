import { arnComponentCount, splitArn, splitArnTemplate } from '../arn.ts';
import { PolicyError } from '../policy-error.ts';
import { parseTemplate, resolveTemplate } from '../template.ts';
import { matchesPattern } from '../wildcard.ts';
import type { Comparator } from './comparator.ts';

/**
 * ArnEquals and ArnLike behave identically: each of the six components is compared by itself and may hold wildcards,
 * so a `*` never runs over a colon before the resource (IAM user guide, "ARN condition operators").
 */
export const arnLike: Comparator = (expected, where) => {
  const components = splitArnTemplate(parseTemplate(expected, where));
  if (!expected.startsWith('arn:') || components.length !== arnComponentCount) {
    throw new PolicyError(where, `"${expected}" is no ARN of six parts`);
  }
  return (actual, context) => {
    const parts = splitArn(actual);
    if (parts.length !== arnComponentCount) return false;
    return components.every((component, index) => {
      const pattern = resolveTemplate(component, context);
      return pattern !== undefined && matchesPattern(pattern, parts[index] ?? '');
    });
  };
};
