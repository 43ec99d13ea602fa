import { describe, expect, it } from 'vitest';
import { planRights } from '../../../local/roles/rights.ts';
import { generatePassword, type PasswordRules } from '../../../local/secrets/generate.ts';
import { planSecrets } from '../../../local/secrets/plan.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { allow, lambda, link, policy, role } from '../roles/support/template.ts';

const secret = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::SecretsManager::Secret',
  Properties: { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true }, ...properties },
});
const schedule = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::SecretsManager::RotationSchedule',
  Properties: {
    SecretId: { Ref: 'Secret' },
    RotationLambdaARN: { 'Fn::GetAtt': ['Function', 'Arn'] },
    RotationRules: { AutomaticallyAfterDays: 90 },
    ...properties,
  },
});
const permission = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: { Ref: 'Function' },
    Principal: 'secretsmanager.amazonaws.com',
    SourceAccount: '111122223333',
    ...properties,
  },
});
const resourcePolicy = {
  Type: 'AWS::SecretsManager::ResourcePolicy',
  Properties: {
    SecretId: { Ref: 'Secret' },
    ResourcePolicy: policy({ ...allow('secretsmanager:*', '*'), Effect: 'Deny', Principal: '*' }),
  },
};
const rotated = { Secret: secret(), Schedule: schedule(), Permission: permission(), Function: lambda, Role: role() };

const plan = (resources: JsonObject) => planSecrets(link(resources));

describe('the plan of secrets', () => {
  it('has their ARNs with six characters more than the name, the same at every start, and what rotates them', () => {
    const [planned] = plan(rotated);
    expect(planned?.arn).toMatch(
      /^arn:aws:secretsmanager:eu-west-1:111122223333:secret:data-Secret-[0-9a-f]{12}-[0-9a-f]{6}$/,
    );
    expect(planned?.arn).toBe(plan(rotated)[0]?.arn);
    expect(planned?.name).toMatch(/^data-Secret-[0-9a-f]{12}$/);
    expect(planned?.rotation).toMatchObject({ intervalDays: 90, immediately: true });
    expect(planned?.generate()).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(plan({ Secret: secret() })[0]?.rotation).toBeUndefined();
  });

  it.each<[string, JsonObject, RegExp]>([
    ['a value in the template', { Secret: secret({ SecretString: 'x' }) }, /SecretString|Unrecognized/],
    ['replicas', { Secret: secret({ ReplicaRegions: [] }) }, /ReplicaRegions/],
    [
      'a value made by hand',
      { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: {} } },
      /GenerateSecretString/,
    ],
    [
      'a schedule by expression',
      { ...rotated, Schedule: schedule({ RotationRules: { ScheduleExpression: 'rate(1 day)' } }) },
      /RotationRules/,
    ],
    ['two schedules', { ...rotated, Another: schedule() }, /two rotation schedules/],
    [
      'a schedule of no secret',
      { ...rotated, Schedule: schedule({ SecretId: 'arn:none' }) },
      /no secret of the template/,
    ],
    [
      'a function that is not there',
      { ...rotated, Schedule: schedule({ RotationLambdaARN: 'arn:none' }) },
      /not there/,
    ],
    [
      'no permission to call it',
      { ...rotated, Permission: permission({ Principal: 's3.amazonaws.com' }) },
      /may not call read/,
    ],
    [
      'a permission of another account',
      { ...rotated, Permission: permission({ SourceAccount: '999999999999' }) },
      /may not call read/,
    ],
  ])('stops the start at %s', (_, resources, message) => {
    expect(() => plan(resources)).toThrow(message);
  });

  it('has their policies, one for each', () => {
    const [planned] = plan(rotated);
    expect(
      planRights(link({ ...rotated, Policy: resourcePolicy })).resourcePolicies.get(planned?.arn ?? ''),
    ).toHaveLength(1);
    expect(() => planRights(link({ ...rotated, Policy: resourcePolicy, Another: resourcePolicy }))).toThrow(
      /two policies/,
    );
  });
});

describe('a generated value', () => {
  const rules: PasswordRules = {
    ExcludeCharacters: '',
    ExcludeLowercase: false,
    ExcludeNumbers: false,
    ExcludePunctuation: false,
    ExcludeUppercase: false,
    IncludeSpace: false,
    PasswordLength: 4,
    RequireEachIncludedType: true,
  };
  const many = (changes: Partial<PasswordRules>) =>
    Array.from({ length: 200 }, () => generatePassword({ ...rules, ...changes }));

  it('has every kind of character where it must', () => {
    for (const made of many({})) expect(made).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[^a-zA-Z0-9]).{4}$/);
    expect(many({ RequireEachIncludedType: false }).some((made) => !/[0-9]/.test(made))).toBe(true);
  });

  it('has none that are excluded, and is never the same', () => {
    for (const made of many({
      PasswordLength: 64,
      ExcludePunctuation: true,
      ExcludeUppercase: true,
      ExcludeCharacters: 'abc123',
    }))
      expect(made).toMatch(/^[d-z04-9]{64}$/);
    expect(new Set(many({ PasswordLength: 32 })).size).toBe(200);
    expect(many({ PasswordLength: 64, IncludeSpace: true }).every((made) => made.includes(' '))).toBe(true);
  });

  it('is none where the rules leave none', () => {
    expect(() => generatePassword({ ...rules, PasswordLength: 3 })).toThrow(RangeError);
    const digitsOnly = { ...rules, ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true };
    expect(() => generatePassword({ ...digitsOnly, ExcludeNumbers: true })).toThrow(RangeError);
  });
});
