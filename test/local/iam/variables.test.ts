import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../local/iam/evaluate.ts';
import type { AccessRequest } from '../../../local/iam/types.ts';
import { allow, bucketArn, deny, holds, identity, request } from './fixtures.ts';

const mayRead = (resource: string, key: string, conditions: AccessRequest['conditions']): boolean =>
  evaluate(request({ resource: `${bucketArn}/${key}`, conditions }), identity(allow({ Resource: resource }))).allowed;

const own = `${bucketArn}/documents/\${aws:PrincipalTag/tenant}/*`;

describe('policy variables in a Resource', () => {
  it('take the value of the request', () => {
    expect(mayRead(own, 'documents/t1/a', { 'aws:PrincipalTag/tenant': 't1' })).toBe(true);
    expect(mayRead(own, 'documents/t10/a', { 'aws:PrincipalTag/tenant': 't1' })).toBe(false);
  });

  it('treat wildcards in the value as plain characters', () => {
    expect(mayRead(own, 'documents/t1/a', { 'aws:PrincipalTag/tenant': '*' })).toBe(false);
    expect(mayRead(own, 'documents/*/a', { 'aws:PrincipalTag/tenant': '*' })).toBe(true);
  });

  it('match nothing without a value, so a NotResource applies', () => {
    expect(mayRead(own, 'documents//a', {})).toBe(false);
    const denyOthers = deny({ Resource: undefined, NotResource: own });
    const { Resource: _, ...statement } = denyOthers;
    expect(evaluate(request(), identity(allow(), statement))).toMatchObject({ reason: 'explicit-deny' });
  });

  it('take the fallback without a value', () => {
    const resource = `${bucketArn}/\${aws:username, 'nobody'}/*`;
    expect(mayRead(resource, 'nobody/a', {})).toBe(true);
    expect(mayRead(resource, 'nobody/a', { 'aws:username': 'jane' })).toBe(false);
    expect(mayRead(resource, 'jane/a', { 'aws:username': 'jane' })).toBe(true);
  });

  it('stand for themselves where they are escaped', () => {
    expect(mayRead(`${bucketArn}/a\${*}\${?}\${$}{x}`, `a*?\${x}`, {})).toBe(true);
    expect(mayRead(`${bucketArn}/a\${*}`, 'ab', {})).toBe(false);
  });

  it.each([
    [`\${aws:Nonsense}`, /unknown policy variable "\$\{aws:Nonsense\}"/],
    [`\${s3:RequestObjectTagKeys}`, /unknown policy variable/],
    [`\${aws:PrincipalTag/}`, /unknown policy variable/],
    [`\${aws:username`, /malformed policy variable/],
    [`\${}`, /malformed policy variable/],
    [`\${aws:username, fallback}`, /malformed policy variable/],
  ])('refuse %s', (variable, message) => {
    expect(() => mayRead(`${bucketArn}/${variable}/*`, 'a', {})).toThrow(message);
  });

  it('are refused before the fifth colon', () => {
    expect(() => mayRead(`arn:aws:s3:::\${aws:username}/*`, 'a', {})).not.toThrow();
    expect(() => mayRead(`arn:aws:s3::\${aws:PrincipalAccount}:a`, 'a', {})).toThrow(/before the fifth colon/);
  });
});

describe('policy variables in a Condition', () => {
  const tag = 'aws:PrincipalTag/team';

  it.each([
    ['StringEquals', `\${aws:username}`, 'jane', true],
    ['StringEquals', `\${aws:username}`, 'john', false],
    ['StringNotEquals', `\${aws:username}`, 'john', true],
    ['StringEqualsIgnoreCase', `\${aws:username}`, 'JANE', true],
    ['StringLike', `\${aws:username}-*`, 'jane-a', true],
    ['ArnLike', `arn:aws:iam::111122223333:user/\${aws:username}`, 'arn:aws:iam::111122223333:user/jane', true],
    ['ArnLike', `arn:aws:iam::111122223333:user/\${aws:username}`, 'arn:aws:iam::111122223333:user/john', false],
  ])('%s %s against %s is %s', (operator, policy, value, expected) => {
    expect(holds({ [operator]: { [tag]: policy } }, { [tag]: value, 'aws:username': 'jane' })).toBe(expected);
  });

  it('equal nothing without a value', () => {
    expect(holds({ StringEquals: { [tag]: `\${aws:username}` } }, { [tag]: '' })).toBe(false);
    expect(holds({ StringNotEquals: { [tag]: `\${aws:username}` } }, { [tag]: 'a' })).toBe(true);
  });
});
