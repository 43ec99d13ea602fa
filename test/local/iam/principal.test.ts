import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../local/iam/evaluate.ts';
import { account, allow, deny, identity, request, resource } from './fixtures.ts';

const session = `arn:aws:sts::${account}:assumed-role/reader/session`;
const other = '444455556666';

const allows = (principal: unknown, arn = session): boolean =>
  evaluate(request({ principal: { arn, accountId: account } }), resource(allow({ Principal: principal }))).allowed;

const denies = (principal: unknown, arn = session): boolean => {
  const policies = {
    ...resource(deny({ Principal: principal })),
    ...{ identityPolicies: identity(allow()).identityPolicies },
  };
  return !evaluate(request({ principal: { arn, accountId: account } }), policies).allowed;
};

describe('a Principal', () => {
  it.each([
    ['*', true],
    [{ AWS: '*' }, true],
    [{ AWS: session }, true],
    [{ AWS: `arn:aws:iam::${account}:role/reader` }, true],
    [{ AWS: `arn:aws:iam::${account}:role/service/reader` }, true],
    [{ AWS: [`arn:aws:iam::${account}:role/writer`, session] }, true],
    [{ AWS: `arn:aws:sts::${account}:assumed-role/reader/other` }, false],
    [{ AWS: `arn:aws:iam::${account}:role/reader2` }, false],
    [{ AWS: `arn:aws:iam::${other}:role/reader` }, false],
    [{ AWS: `arn:aws:iam::${account}:user/reader` }, false],
    [{ Service: 's3.amazonaws.com' }, false],
    [{ Service: ['cloudtrail.amazonaws.com', 's3.amazonaws.com'] }, false],
  ])('%j allows and denies the session: %s', (principal, expected) => {
    expect(allows(principal)).toBe(expected);
    expect(denies(principal)).toBe(expected);
  });

  it.each([account, `arn:aws:iam::${account}:root`])('%s denies the account, but allows nobody by itself', (name) => {
    expect(denies({ AWS: name })).toBe(true);
    expect(allows({ AWS: name })).toBe(false);
  });

  it('of another account denies nobody here', () => {
    expect(denies({ AWS: other })).toBe(false);
    expect(denies({ AWS: `arn:aws:iam::${other}:root` })).toBe(false);
  });

  it('of a service means that service, and * means services too', () => {
    expect(allows({ Service: 's3.amazonaws.com' }, 's3.amazonaws.com')).toBe(true);
    expect(allows({ Service: 's3.amazonaws.com' }, 'cloudtrail.amazonaws.com')).toBe(false);
    expect(denies('*', 's3.amazonaws.com')).toBe(true);
    expect(denies({ AWS: account }, 's3.amazonaws.com')).toBe(false);
  });

  it.each([
    [{ Federated: 'cognito-identity.amazonaws.com' }, /principals of kind "Federated"/],
    [{ CanonicalUser: '79a59df900b949e5' }, /principals of kind "CanonicalUser"/],
    [{ AWS: `arn:aws:iam::${account}:role/*` }, /AWS principal/],
    [{ AWS: 'AROADBQP57FF2AEXAMPLE' }, /AWS principal/],
    [{ Service: 's3' }, /service principal "s3"/],
    [{ AWS: [] }, /empty list/],
    [{}, /must not be empty/],
    ['everyone', /Principal must be an object/],
  ])('%j is refused', (principal, message) => {
    expect(() => allows(principal)).toThrow(message);
  });
});
