import { PolicyError } from '../policy-error.ts';
import type { Comparator } from './comparator.ts';

/** `true` or `false`; anything else in a policy is refused. */
export const readBoolean = (text: string, where: string): boolean => {
  const value = text.toLowerCase();
  if (value !== 'true' && value !== 'false') throw new PolicyError(where, `"${text}" is neither true nor false`);
  return value === 'true';
};

export const bool: Comparator = (expected, where) => {
  const wanted = String(readBoolean(expected, where));
  return (actual) => actual.toLowerCase() === wanted;
};

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Both sides are base64; the bytes are compared. */
export const binaryEquals: Comparator = (expected, where) => {
  if (!base64.test(expected)) throw new PolicyError(where, `"${expected}" is no base64`);
  const bytes = Buffer.from(expected, 'base64');
  return (actual) => base64.test(actual) && bytes.equals(Buffer.from(actual, 'base64'));
};
