import { PolicyError } from './policy-error.ts';

/** Readers of the few JSON shapes a policy is made of. `element` names the place for the error. */

export const readObject = (value: unknown, element: string, where: string): Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PolicyError(where, `${element} must be an object`);
  }
  return { ...value };
};

/** One value or a list of at least one; an intrinsic that nobody resolved ends here. */
export const readScalars = (value: unknown, element: string, where: string): readonly string[] => {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) throw new PolicyError(where, `${element} must not be an empty list`);
  return values.map((item) => {
    if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') return String(item);
    throw new PolicyError(where, `${element} must be text or a list of texts, not ${JSON.stringify(item)}`);
  });
};
