import { PolicyError } from '../policy-error.ts';
import type { Comparator } from './comparator.ts';

type Read = (text: string) => number | undefined;

/** A comparator for values that are points on a line. A value of the request that cannot be read fits nothing. */
const ordered =
  (read: Read, kind: string, holds: (actual: number, expected: number) => boolean): Comparator =>
  (expected, where) => {
    const bound = read(expected);
    if (bound === undefined) throw new PolicyError(where, `"${expected}" is no ${kind}`);
    return (actual) => {
      const value = read(actual);
      return value !== undefined && holds(value, bound);
    };
  };

const comparatorsFor = (read: Read, kind: string) => ({
  equals: ordered(read, kind, (actual, expected) => actual === expected),
  lessThan: ordered(read, kind, (actual, expected) => actual < expected),
  lessThanEquals: ordered(read, kind, (actual, expected) => actual <= expected),
  greaterThan: ordered(read, kind, (actual, expected) => actual > expected),
  greaterThanEquals: ordered(read, kind, (actual, expected) => actual >= expected),
});

const readNumber: Read = (text) => (/^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined);

const isoDate = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** An ISO 8601 date (W3C profile) or whole seconds since 1970, as `aws:CurrentTime` and `aws:EpochTime` are given. */
const readDate: Read = (text) => {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const time = isoDate.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
};

export const numeric = comparatorsFor(readNumber, 'number');
export const date = comparatorsFor(readDate, 'ISO 8601 date with a time zone, nor seconds since 1970');
