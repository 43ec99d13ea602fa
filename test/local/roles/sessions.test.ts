import { describe, expect, it } from 'vitest';
import { roleCredentials } from '../../../local/roles/credentials.ts';
import { planRoles } from '../../../local/roles/plan.ts';
import { planSessions } from '../../../local/roles/sessions.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { allow, decisions, lambda, link, policy, role } from './support/template.ts';

describe('credentials', () => {
  const reader = {
    name: 'reader',
    arn: 'arn:aws:iam::111122223333:role/reader',
    account: '111122223333',
    policies: [],
  };

  it('are of the form that AWS gives, and of a session of the role', () => {
    const { accessKeyId, secretAccessKey, principal } = roleCredentials('secret', reader, 'get-document');
    expect(accessKeyId).toMatch(/^ASIA[0-9A-F]{16}$/);
    expect(secretAccessKey).toHaveLength(40);
    expect(principal.arn).toBe('arn:aws:sts::111122223333:assumed-role/reader/get-document');
  });

  it('are the same at every start, and others for another folder, role or session', () => {
    const keyOf = (...[secret, { name }, session]: [string, { name: string }, string]) =>
      roleCredentials(secret, { ...reader, name }, session).secretAccessKey;
    const keys = [
      keyOf('secret', { name: 'reader' }, 'a'),
      keyOf('secret', { name: 'reader' }, 'a'),
      keyOf('other', { name: 'reader' }, 'a'),
      keyOf('secret', { name: 'writer' }, 'a'),
      keyOf('secret', { name: 'reader' }, 'b'),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(keys[0]).toBe(keys[1]);
  });
});

it('are known of functions and of Malware Protection plans, by their sessions', () => {
  const template = link({
    Role: role(),
    Function: lambda,
    Plan: {
      Type: 'AWS::GuardDuty::MalwareProtectionPlan',
      Properties: {
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        ProtectedResource: { S3Bucket: { BucketName: 'documents' } },
      },
    },
  });
  const { credentialsOf, find } = planSessions(template, planRoles(template), 'secret');
  const found = ['read', 'GuardDutyMalwareProtection', 'nobody'].map((session) => {
    const { accessKeyId = '' } = credentialsOf('reader', session) ?? {};
    return find(accessKeyId)?.principal.arn;
  });
  expect(found).toEqual([
    'arn:aws:sts::111122223333:assumed-role/reader/read',
    'arn:aws:sts::111122223333:assumed-role/reader/GuardDutyMalwareProtection',
    undefined,
  ]);
});

const roleId = planRoles(link({ Role: role() }))[0]?.id;

describe('the context of a role session', () => {
  it.each([
    ['aws:PrincipalTag/team', 'north', 'south'],
    ['aws:userid', `${roleId}:function`, `${roleId}:other`],
    ['aws:TokenIssueTime', '2026-03-01T12:00:00.000Z', '2026-03-01T12:00:01.000Z'],
    ['aws:MultiFactorAuthPresent', 'false', 'true'],
  ])('has %s', (key, value, other) => {
    const resources = (wanted: string): JsonObject => ({
      Role: role({
        Tags: [{ Key: 'team', Value: 'north' }],
        Policies: [
          {
            PolicyName: 'inline',
            PolicyDocument: policy({
              ...allow('s3:GetObject'),
              Condition: {
                StringEquals: { [key]: wanted },
              },
            }),
          },
        ],
      }),
    });
    expect(decisions(resources(value), 's3:GetObject')).toEqual([true]);
    expect(decisions(resources(other), 's3:GetObject')).toEqual(['implicit-deny']);
  });
});
