import type { Template } from './template.ts';

/** `arn:partition:service:region:account:resource`; the resource may hold more colons. */
export const arnComponentCount = 6;

const isColon = (part: Template[number]): boolean =>
  typeof part === 'object' && 'literal' in part && part.literal === ':';

/** Splits at the first five colons that the policy wrote itself; those in the value of a variable split nothing. */
export const splitArnTemplate = (template: Template): readonly Template[] => {
  const colons = template.flatMap((part, index) => (isColon(part) ? [index] : [])).slice(0, arnComponentCount - 1);
  return [...colons, template.length].map((end, index) => template.slice((colons[index - 1] ?? -1) + 1, end));
};

export const splitArn = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return parts.length < arnComponentCount
    ? parts
    : [...parts.slice(0, arnComponentCount - 1), parts.slice(arnComponentCount - 1).join(':')];
};
