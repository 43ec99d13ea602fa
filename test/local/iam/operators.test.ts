import { describe, expect, it } from 'vitest';
import { operators } from '../../../local/iam/operators/operators.ts';
import { PolicyError } from '../../../local/iam/policy-error.ts';
import { holds } from './fixtures.ts';

/** Operator, key, value of the policy, values of requests that hold, values that do not. */
const cases: readonly [string, string, unknown, readonly string[], readonly string[]][] = [
  ['StringEquals', 'aws:PrincipalTag/team', 'north', ['north'], ['North', 'nort', '']],
  ['StringEquals', 'aws:PrincipalTag/team', 'n*', ['n*'], ['north']],
  ['StringEquals', 'aws:PrincipalTag/team', ['north', 'south'], ['north', 'south'], ['west']],
  ['StringNotEquals', 'aws:PrincipalTag/team', 'north', ['North', 'south'], ['north']],
  ['StringNotEquals', 'aws:PrincipalTag/team', ['north', 'south'], ['west'], ['north', 'south']],
  ['StringEqualsIgnoreCase', 'aws:PrincipalTag/team', 'North', ['NORTH', 'north'], ['south']],
  ['StringNotEqualsIgnoreCase', 'aws:PrincipalTag/team', 'North', ['south'], ['NORTH', 'north']],
  ['StringLike', 's3:prefix', 'home/??/*', ['home/ab/', 'home/ab/c'], ['home/a/', 'Home/ab/']],
  ['StringNotLike', 's3:prefix', ['home/*', 'tmp/*'], ['etc/a'], ['home/a', 'tmp/']],
  ['NumericEquals', 's3:max-keys', 10, ['10', '10.0', '+10'], ['11', 'ten', '']],
  ['NumericNotEquals', 's3:max-keys', '10', ['11', '-10'], ['10']],
  ['NumericLessThan', 's3:max-keys', '10', ['9.5', '-1'], ['10', '11', 'ten']],
  ['NumericLessThanEquals', 's3:max-keys', '10', ['10', '9'], ['10.5']],
  ['NumericGreaterThan', 's3:signatureAge', '300000', ['300001'], ['300000', '9']],
  ['NumericGreaterThanEquals', 's3:signatureAge', '300000', ['300000'], ['299999']],
  ['DateEquals', 'aws:CurrentTime', '2026-01-31T12:00:00Z', ['2026-01-31T13:00:00+01:00'], ['2026-01-31T12:00:01Z']],
  ['DateNotEquals', 'aws:CurrentTime', '2026-01-31', ['2026-01-31T00:00:01Z'], ['2026-01-31T00:00:00Z']],
  ['DateLessThan', 'aws:CurrentTime', '2026-01-31T12:00:00Z', ['2026-01-31T11:59:59.999Z'], ['2026-01-31T12:00Z']],
  ['DateLessThanEquals', 'aws:CurrentTime', '2026-01-31T12:00:00Z', ['2026-01-31T12:00:00Z'], ['2026-02-01']],
  ['DateGreaterThan', 'aws:EpochTime', '1769860800', ['1769860801', '2026-02-01'], ['1769860800', 'soon']],
  ['DateGreaterThanEquals', 'aws:TokenIssueTime', 1769860800, ['2026-01-31T12:00:00Z'], ['2026-01-31T11:59:59Z']],
  ['Bool', 'aws:SecureTransport', 'true', ['true', 'True'], ['false', 'yes']],
  ['Bool', 'aws:SecureTransport', false, ['false'], ['true']],
  ['BinaryEquals', 's3:x-amz-content-sha256', 'QmluYXJ5', ['QmluYXJ5'], ['QmluYXJz', 'Binary!']],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', ['203.0.113.0', '203.0.113.255'], ['203.0.114.1', 'unknown']],
  ['IpAddress', 'aws:SourceIp', '203.0.113.7', ['203.0.113.7'], ['203.0.113.8']],
  ['IpAddress', 'aws:SourceIp', '0.0.0.0/0', ['198.51.100.1'], ['2001:db8::1']],
  ['IpAddress', 'aws:SourceIp', '2001:DB8:1234:5678::/64', ['2001:db8:1234:5678::1'], ['2001:db8:1234:5679::1']],
  [
    'NotIpAddress',
    'aws:SourceIp',
    ['203.0.113.0/24', '2001:db8::/32'],
    ['198.51.100.1'],
    ['203.0.113.9', '2001:db8::9'],
  ],
  [
    'ArnEquals',
    'aws:SourceArn',
    'arn:aws:s3:*:*:amzn-s3-demo-*',
    ['arn:aws:s3:::amzn-s3-demo-bucket'],
    ['arn:aws:s3:::x'],
  ],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:s3:*:*:*', ['arn:aws:s3:::a'], ['arn:aws:s3', 'arn:aws:sqs:::a']],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:s3:::a:*', ['arn:aws:s3:::a:b:c'], ['arn:aws:s3:::a', 'a:b']],
  [
    'ArnLike',
    'aws:SourceArn',
    'arn:aws:sns:*:1?:t',
    ['arn:aws:sns:eu:12:t'],
    ['arn:aws:sns:eu:1:1:t', 'arn:aws:SNS:eu:12:t'],
  ],
  [
    'ArnNotEquals',
    'aws:PrincipalArn',
    'arn:aws:iam::111122223333:role/verifier',
    ['arn:aws:iam::111122223333:role/reader'],
    ['arn:aws:iam::111122223333:role/verifier'],
  ],
  [
    'ArnNotLike',
    'aws:PrincipalArn',
    'arn:aws:iam::111122223333:role/v*',
    ['arn:aws:iam::111122223333:role/reader'],
    ['arn:aws:iam::111122223333:role/verifier'],
  ],
];

describe('operators', () => {
  const rows = cases.flatMap(([operator, key, policy, compliant, other]) => [
    ...compliant.map((value) => [operator, policy, value, true, key] as const),
    ...other.map((value) => [operator, policy, value, false, key] as const),
  ]);

  it.each(rows)('%s %j: the request value %j is %s', (operator, policy, value, expected, key) => {
    expect(holds({ [operator]: { [key]: policy } }, { [key]: value })).toBe(expected);
  });

  it('are all tried here', () => {
    expect(new Set(cases.map(([operator]) => operator))).toEqual(new Set(operators.keys()));
  });

  it.each([
    ['NumericEquals', 'ten'],
    ['NumericEquals', `\${aws:username}`],
    ['DateLessThan', '31.01.2026'],
    ['DateLessThan', '2026-01-31T12:00:00'],
    ['DateLessThan', '2026-13-31'],
    ['Bool', 'yes'],
    ['BinaryEquals', 'not base64!'],
    ['IpAddress', '203.0.113.0/33'],
    ['IpAddress', '203.0.113.0/'],
    ['IpAddress', '203.0.113.0/24/1'],
    ['IpAddress', 'localhost'],
    ['ArnLike', '*'],
    ['ArnLike', 'arn:aws:s3'],
    ['Null', 'maybe'],
  ])('%s refuses the policy value %s', (operator, value) => {
    expect(() => holds({ [operator]: { 'aws:SourceIp': value } }, {})).toThrow(PolicyError);
  });
});

describe('conditions', () => {
  it('hold only where every operator and every key holds', () => {
    const condition = {
      StringEquals: { 's3:prefix': 'a', 's3:delimiter': '/' },
      Bool: { 'aws:SecureTransport': 'true' },
    };
    const fitting = { 's3:prefix': 'a', 's3:delimiter': '/', 'aws:SecureTransport': 'true' };
    expect(holds(condition, fitting)).toBe(true);
    for (const key of Object.keys(fitting)) {
      expect(holds(condition, { ...fitting, [key]: 'false' })).toBe(false);
    }
  });

  it('compare key names without regard to case, tag names included', () => {
    expect(holds({ StringEquals: { 'AWS:principaltag/Team': 'a' } }, { 'aws:PrincipalTag/team': 'a' })).toBe(true);
  });

  it('throw where a request gives several values to a key that holds one', () => {
    expect(() => holds({ StringEquals: { 's3:prefix': 'a' } }, { 's3:prefix': ['a', 'b'] })).toThrow(/s3:prefix/);
  });
});
