import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../local/iam/evaluate.ts';
import { compilePolicy, type Policy } from '../../../local/iam/policy.ts';
import type { AccessRequest, Decision } from '../../../local/iam/types.ts';
import { account, allow, bucketArn, deny, document, identity, request, resource } from './fixtures.ts';

const isAllowed = (statement: unknown, overrides: Partial<AccessRequest> = {}): boolean =>
  evaluate(request(overrides), identity(statement)).allowed;

describe('evaluate', () => {
  it('denies by default', () => {
    expect(evaluate(request(), { identityPolicies: [], resourcePolicies: [] })).toEqual({
      allowed: false,
      reason: 'implicit-deny',
    });
  });

  it('allows by an identity policy or by a resource policy, within an account', () => {
    expect(evaluate(request(), identity(allow()))).toEqual({ allowed: true });
    expect(evaluate(request(), resource(allow({ Principal: '*' })))).toEqual({ allowed: true });
  });

  it('lets an explicit deny win, in either policy, and names it', () => {
    const denied = { allowed: false, reason: 'explicit-deny', sid: 'DenyRead' };
    expect(evaluate(request(), identity(allow(), deny()))).toEqual(denied);
    const { resourcePolicies } = resource(deny({ Principal: '*' }));
    expect(evaluate(request(), { ...identity(allow()), resourcePolicies })).toEqual(denied);
    const { Sid: _, ...anonymous } = deny();
    expect(evaluate(request(), identity(allow(), anonymous))).toEqual({ allowed: false, reason: 'explicit-deny' });
  });

  it.each([
    ['s3:getobject', 's3:GetObject', true],
    ['S3:GetObject', 's3:GetObject', true],
    ['s3:Get*', 's3:GetObjectVersion', true],
    ['s3:GetObject', 's3:GetObjectVersion', false],
    ['s3:Get?bject', 's3:GetObject', true],
    ['*', 'dynamodb:GetItem', true],
    ['s3:*', 'dynamodb:GetItem', false],
  ])('the action %s covers %s: %s', (pattern, action, expected) => {
    expect(isAllowed(allow({ Action: pattern, Resource: '*' }), { action })).toBe(expected);
  });

  it.each([
    [`${bucketArn}/documents/*`, `${bucketArn}/documents/a/b`, true],
    [`${bucketArn}/documents/*`, `${bucketArn}/Documents/a`, false],
    [`${bucketArn}`, `${bucketArn}/a`, false],
    [`${bucketArn}*`, `${bucketArn}2/a`, true],
    ['arn:aws:s3:::*', `${bucketArn}/a:b`, true],
    ['*', `${bucketArn}/a`, true],
  ])('the resource %s covers %s: %s', (pattern, asked, expected) => {
    expect(isAllowed(allow({ Resource: pattern }), { resource: asked })).toBe(expected);
  });

  it('NotAction and NotResource cover everything else', () => {
    const { Action: _a, ...noAction } = allow({ NotAction: ['s3:Delete*', 's3:Put*'] });
    expect(isAllowed(noAction)).toBe(true);
    expect(isAllowed(noAction, { action: 's3:DeleteObject' })).toBe(false);
    const { Resource: _r, ...noResource } = allow({ NotResource: `${bucketArn}/documents/*` });
    expect(isAllowed(noResource)).toBe(false);
    expect(isAllowed(noResource, { resource: `${bucketArn}/other` })).toBe(true);
  });

  it('throws where an identity policy is given as a resource policy, or the other way round', () => {
    const { identityPolicies } = identity(allow());
    expect(() => evaluate(request(), { identityPolicies: [], resourcePolicies: identityPolicies })).toThrow('reader');
    const { resourcePolicies } = resource(allow({ Principal: '*' }));
    expect(() => evaluate(request(), { identityPolicies: resourcePolicies, resourcePolicies: [] })).toThrow(TypeError);
  });
});

describe('the tag lock of a bucket policy', () => {
  const lock = deny({
    Sid: 'DenyReadUnlessAvailable',
    Principal: '*',
    Action: ['s3:GetObject', 's3:GetObjectVersion'],
    Condition: {
      StringNotEquals: { 's3:ExistingObjectTag/sealdrop-state': 'available' },
      ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/verifier` },
    },
  });
  const reader = { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/reader` };
  const verifier = { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/verifier` };
  const state = (value: string) => ({ 's3:ExistingObjectTag/sealdrop-state': value });

  it.each([
    [{ ...reader, ...state('available') }, true],
    [{ ...reader, ...state('incoming') }, false],
    [reader, false],
    [{ ...verifier, ...state('incoming') }, true],
    [state('incoming'), false],
  ])('%j: %s', (conditions, expected) => {
    const policies = { ...identity(allow()), resourcePolicies: resource(lock).resourcePolicies };
    expect(evaluate(request({ conditions }), policies).allowed).toBe(expected);
  });
});

describe('for any policies', () => {
  const condition = fc.constantFrom(
    {},
    { StringEquals: { 's3:prefix': 'a' } },
    { StringNotEquals: { 's3:prefix': 'a' } },
    { 'ForAnyValue:StringEquals': { 's3:RequestObjectTagKeys': ['a', 'b'] } },
    { Null: { 's3:prefix': 'true' } },
  );
  const statement = (effect: fc.Arbitrary<string>) =>
    fc.record({
      Effect: effect,
      Action: fc.subarray(['s3:GetObject', 's3:Put*', 's3:*'], { minLength: 1 }),
      Resource: fc.constantFrom(`${bucketArn}/*`, `${bucketArn}/documents/?`, '*'),
      Condition: condition,
    });
  const anyStatement = statement(fc.constantFrom('Allow', 'Allow', 'Deny'));
  const anyRequest = fc.record({
    principal: fc.constant(request().principal),
    action: fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:DeleteObject'),
    resource: fc.constantFrom(`${bucketArn}/documents/a`, `${bucketArn}/other`),
    conditions: fc.constantFrom<AccessRequest['conditions'][]>(
      {},
      { 's3:prefix': 'a' },
      { 's3:prefix': 'b', 's3:RequestObjectTagKeys': ['b', 'c'] },
    ),
  });
  const statements = fc.array(anyStatement, { minLength: 1, maxLength: 6 });
  const policiesOf = (list: readonly object[]): Policy[] => [compilePolicy(document(...list), 'generated')];
  const decide = (asked: AccessRequest, list: readonly object[]): Decision =>
    evaluate(asked, { identityPolicies: policiesOf(list), resourcePolicies: [] });

  it('a Deny that applies always wins, wherever it stands', () => {
    fc.assert(
      fc.property(anyRequest, statements, fc.nat(), (asked, list, place) => {
        const denial = { Effect: 'Deny', Action: asked.action, Resource: asked.resource };
        const at = place % (list.length + 1);
        expect(decide(asked, [...list.slice(0, at), denial, ...list.slice(at)])).toMatchObject({
          reason: 'explicit-deny',
        });
        const { resourcePolicies } = resource({ ...denial, Principal: '*' });
        const decision = evaluate(asked, { identityPolicies: policiesOf(list), resourcePolicies });
        expect(decision).toMatchObject({ reason: 'explicit-deny' });
      }),
    );
  });

  it('one more Deny never allows more, one more Allow never denies more', () => {
    const allowing = statement(fc.constant('Allow'));
    const denying = statement(fc.constant('Deny'));
    fc.assert(
      fc.property(anyRequest, statements, allowing, denying, (asked, list, oneAllow, oneDeny) => {
        const { allowed } = decide(asked, list);
        expect(Number(decide(asked, [...list, oneDeny]).allowed)).toBeLessThanOrEqual(Number(allowed));
        expect(Number(decide(asked, [...list, oneAllow]).allowed)).toBeGreaterThanOrEqual(Number(allowed));
      }),
    );
  });

  it('the order of statements and how they are split over policies is irrelevant', () => {
    const shuffled = statements.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(anyRequest, shuffled, (asked, [list, other]) => {
        const decision = decide(asked, list);
        expect(decide(asked, other)).toEqual(decision);
        const identityPolicies = other.flatMap((one) => policiesOf([one]));
        expect(evaluate(asked, { identityPolicies, resourcePolicies: [] })).toEqual(decision);
      }),
    );
  });
});
