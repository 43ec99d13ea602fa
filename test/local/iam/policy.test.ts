import { describe, expect, it } from 'vitest';
import { compilePolicy } from '../../../local/iam/policy.ts';
import { PolicyError } from '../../../local/iam/policy-error.ts';
import { allow, document } from './fixtures.ts';

const without = (name: string) => Object.fromEntries(Object.entries(allow()).filter(([key]) => key !== name));

describe('compilePolicy', () => {
  it('takes one statement without a list, an Id, and statements without a Sid', () => {
    const policy = compilePolicy({ Version: '2012-10-17', Id: 'x', Statement: without('Sid') }, 'reader');
    expect(policy).toMatchObject({ name: 'reader', attachedTo: 'identity', statements: [{ effect: 'Allow' }] });
  });

  it('knows a resource policy by its principals', () => {
    expect(compilePolicy(document(allow({ Principal: '*' })), 'bucket').attachedTo).toBe('resource');
  });

  it.each([
    ['another Version', { Version: '2008-10-17', Statement: [allow()] }, 'Version must be "2012-10-17"'],
    ['no Version', { Statement: [allow()] }, 'Version must be "2012-10-17"'],
    ['an unknown element', { ...document(allow()), Extra: 1 }, 'unknown element "Extra"'],
    ['no statement', document(), 'at least one statement'],
    ['no Statement', { Version: '2012-10-17' }, 'a statement must be an object'],
    ['a document that is none', 'Allow', 'a policy document must be an object'],
    ['principals in some statements', document(allow(), allow({ Sid: 'B', Principal: '*' })), 'every statement names'],
    ['a Sid used twice', document(allow(), allow()), 'the Sid "AllowRead" is used twice'],
  ])('refuses %s', (_, value, message) => {
    expect(() => compilePolicy(value, 'reader')).toThrow(message);
    expect(() => compilePolicy(value, 'reader')).toThrow('Policy "reader"');
  });

  it.each([
    ['NotPrincipal', { NotPrincipal: { AWS: '*' } }, 'unknown element "NotPrincipal"'],
    ['a misspelt element', { Conditions: {} }, 'unknown element "Conditions"'],
    ['an unknown effect', { Effect: 'allow' }, 'Effect must be Allow or Deny, not "allow"'],
    ['Action and NotAction', { NotAction: 's3:*' }, 'either Action or NotAction'],
    ['Resource and NotResource', { NotResource: '*' }, 'either Resource or NotResource'],
    ['an action without a service', { Action: 'GetObject' }, '"GetObject" in Action'],
    ['a wildcard for the service', { Action: '*:GetObject' }, '"*:GetObject" in Action'],
    ['a variable in an action', { Action: `s3:\${aws:username}` }, 'in Action is not'],
    ['an intrinsic nobody resolved', { Resource: { Ref: 'Bucket' } }, 'not {"Ref":"Bucket"}'],
    ['a resource that is no ARN', { Resource: 'bucket/*' }, '"bucket/*" in Resource'],
    ['a short ARN', { Resource: 'arn:aws:s3' }, '"arn:aws:s3" in Resource'],
    ['a wildcard service in an ARN', { Resource: 'arn:aws:*:::a' }, 'wildcard for the service'],
    ['an empty list', { Action: [] }, 'Action must not be an empty list'],
    [
      'an unknown operator',
      { Condition: { StringEqual: { 's3:prefix': 'a' } } },
      'unknown condition operator "StringEqual"',
    ],
    ['an operator in another case', { Condition: { stringEquals: { 's3:prefix': 'a' } } }, '"stringEquals"'],
    [
      'an unknown set operator',
      { Condition: { 'ForSome:StringEquals': { 's3:prefix': 'a' } } },
      '"ForSome:StringEquals"',
    ],
    ['NullIfExists', { Condition: { NullIfExists: { 's3:prefix': 'true' } } }, '"NullIfExists"'],
    [
      'ForAnyValue:Null',
      { Condition: { 'ForAnyValue:Null': { 's3:RequestObjectTagKeys': 'true' } } },
      '"ForAnyValue:Null"',
    ],
    ['an operator of the prototype', { Condition: { constructor: { 's3:prefix': 'a' } } }, '"constructor"'],
    [
      'an unknown global key',
      { Condition: { Bool: { 'aws:SecureTransprt': 'false' } } },
      'unknown condition key "aws:SecureTransprt"',
    ],
    [
      'an unknown service',
      { Condition: { Bool: { 'storage:Secure': 'false' } } },
      'unknown condition key "storage:Secure"',
    ],
    [
      'a key of another service',
      { Condition: { Bool: { 'kms:ViaService': 'a' } } },
      '"kms:ViaService" does not exist for actions of s3',
    ],
    [
      'a tag key without a tag',
      { Condition: { StringEquals: { 's3:ExistingObjectTag/': 'a' } } },
      'unknown condition key',
    ],
    ['a condition without values', { Condition: { StringEquals: { 's3:prefix': [] } } }, 'empty list'],
    ['a null value', { Condition: { StringEquals: { 's3:prefix': null } } }, 'not null'],
    ['an operator without keys', { Condition: { StringEquals: 's3:prefix' } }, 'StringEquals must be an object'],
  ])('refuses %s and names policy and Sid', (_, overrides, message) => {
    const compile = () => compilePolicy(document(allow(overrides)), 'reader');
    expect(compile).toThrow(PolicyError);
    expect(compile).toThrow('Policy "reader", statement "AllowRead": ');
    expect(compile).toThrow(message);
  });

  it.each(['Effect', 'Action', 'Resource'])('refuses a statement without %s', (name) => {
    expect(() => compilePolicy(document(without(name)), 'reader')).toThrow(name);
  });

  it('names a statement without Sid by its place', () => {
    const statement = { ...without('Sid'), Effect: 'Maybe' };
    expect(() => compilePolicy(document(allow(), statement), 'reader')).toThrow('Policy "reader", statement 2: ');
  });
});
