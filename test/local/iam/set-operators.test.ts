import { describe, expect, it } from 'vitest';
import { holds } from './fixtures.ts';

const key = 's3:RequestObjectTagKeys';

describe('set operators, with a and b in the policy', () => {
  it.each([
    ['ForAllValues:StringEquals', ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a'], true],
    ['ForAllValues:StringEquals', ['a', 'c'], false],
    ['ForAnyValue:StringEquals', ['a', 'c'], true],
    ['ForAnyValue:StringEquals', ['c', 'd'], false],
    ['ForAllValues:StringNotEquals', ['c', 'd'], true],
    ['ForAllValues:StringNotEquals', ['a', 'c'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'c'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], false],
    ['ForAllValues:StringLikeIfExists', ['a'], true],
    ['ForAnyValue:StringEquals', 'a', true],
  ])('%s, request %j: %s', (operator, values, expected) => {
    expect(holds({ [operator]: { [key]: ['a', 'b'] } }, { [key]: values })).toBe(expected);
  });

  it('ForAnyValue with IfExists holds without the key', () => {
    expect(holds({ 'ForAnyValue:StringEqualsIfExists': { [key]: 'a' } }, {})).toBe(true);
  });

  it.each(['StringEquals', 'StringNotEquals'])('%s without one refuses a key of several values', (operator) => {
    expect(() => holds({ [operator]: { [key]: 'a' } }, {})).toThrow(/ForAllValues: or ForAnyValue:/);
  });
});
