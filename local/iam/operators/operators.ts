import { arnLike } from './arn.ts';
import type { Comparator } from './comparator.ts';
import { binaryEquals, bool } from './exact.ts';
import { ipAddress } from './ip-address.ts';
import { date, numeric } from './ordered.ts';
import { stringEquals, stringEqualsIgnoreCase, stringLike } from './text.ts';

/** A negated operator holds where the comparison fits none of the policy's values, and where the key is absent. */
export interface Operator {
  readonly compare: Comparator;
  readonly negated: boolean;
}

const is = (compare: Comparator): Operator => ({ compare, negated: false });
const not = (compare: Comparator): Operator => ({ compare, negated: true });

/**
 * Every condition operator that IAM defines (IAM user guide, "IAM JSON policy elements: Condition operators") but
 * `Null`, which asks for the key and not for its value.
 */
export const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    StringEquals: is(stringEquals),
    StringNotEquals: not(stringEquals),
    StringEqualsIgnoreCase: is(stringEqualsIgnoreCase),
    StringNotEqualsIgnoreCase: not(stringEqualsIgnoreCase),
    StringLike: is(stringLike),
    StringNotLike: not(stringLike),
    NumericEquals: is(numeric.equals),
    NumericNotEquals: not(numeric.equals),
    NumericLessThan: is(numeric.lessThan),
    NumericLessThanEquals: is(numeric.lessThanEquals),
    NumericGreaterThan: is(numeric.greaterThan),
    NumericGreaterThanEquals: is(numeric.greaterThanEquals),
    DateEquals: is(date.equals),
    DateNotEquals: not(date.equals),
    DateLessThan: is(date.lessThan),
    DateLessThanEquals: is(date.lessThanEquals),
    DateGreaterThan: is(date.greaterThan),
    DateGreaterThanEquals: is(date.greaterThanEquals),
    Bool: is(bool),
    BinaryEquals: is(binaryEquals),
    IpAddress: is(ipAddress),
    NotIpAddress: not(ipAddress),
    ArnEquals: is(arnLike),
    ArnLike: is(arnLike),
    ArnNotEquals: not(arnLike),
    ArnNotLike: not(arnLike),
  }),
);
