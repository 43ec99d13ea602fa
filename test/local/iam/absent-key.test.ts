import { describe, expect, it } from 'vitest';
import { operators } from '../../../local/iam/operators/operators.ts';
import { holds } from './fixtures.ts';

const key = 'aws:PrincipalTag/team';

/** A value each operator can read. */
const valueFor = (operator: string): string => {
  if (operator.startsWith('Numeric')) return '1';
  if (operator.startsWith('Date')) return '2026-01-31';
  if (operator.startsWith('Arn')) return 'arn:aws:s3:::a';
  if (operator.includes('IpAddress')) return '203.0.113.0/24';
  return operator === 'Bool' ? 'true' : 'QQ==';
};

const conditionOf = (operator: string, suffix = '', prefix = '') => ({
  [`${prefix}${operator}${suffix}`]: { [key]: valueFor(operator) },
});

describe('a key that is absent from the request', () => {
  const all = [...operators.keys()];

  it.each(all.filter((name) => name.includes('Not')))('%s holds', (operator) => {
    expect(holds(conditionOf(operator), {})).toBe(true);
    expect(holds(conditionOf(operator), { [key]: [] })).toBe(true);
  });

  it.each(all.filter((name) => !name.includes('Not')))('%s does not hold', (operator) => {
    expect(holds(conditionOf(operator), {})).toBe(false);
  });

  it.each(all)('%sIfExists holds', (operator) => {
    expect(holds(conditionOf(operator, 'IfExists'), {})).toBe(true);
  });

  it.each(all)('ForAllValues:%s holds', (operator) => {
    expect(holds(conditionOf(operator, '', 'ForAllValues:'), {})).toBe(true);
  });

  it.each(all)('ForAnyValue:%s does not hold', (operator) => {
    expect(holds(conditionOf(operator, '', 'ForAnyValue:'), {})).toBe(false);
  });

  it.each([
    ['true', {}, true],
    ['true', { [key]: [] }, true],
    ['true', { [key]: 'a' }, false],
    ['false', {}, false],
    ['false', { [key]: 'a' }, true],
    [false, { [key]: 'a' }, true],
  ])('Null %j with %j is %s', (value, conditions, expected) => {
    expect(holds({ Null: { [key]: value } }, conditions)).toBe(expected);
  });

  it('IfExists still compares a value that is there', () => {
    expect(holds({ StringEqualsIfExists: { [key]: 'a' } }, { [key]: 'b' })).toBe(false);
    expect(holds({ StringEqualsIfExists: { [key]: 'a' } }, { [key]: 'a' })).toBe(true);
  });
});
