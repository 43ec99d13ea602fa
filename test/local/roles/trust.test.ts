import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../local/clock.ts';
import { openDataFolder } from '../../../local/data-folder.ts';
import { planRights } from '../../../local/roles/rights.ts';
import { checkTrust } from '../../../local/roles/trust.ts';
import { startServices } from '../../../local/services.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { lambda, link, policy, role, trust } from './support/template.ts';

describe('the role of a function', () => {
  const check = (AssumeRolePolicyDocument: JsonObject) => {
    const template = link({
      Role: role({ AssumeRolePolicyDocument }),
      Function: lambda,
    });
    checkTrust(template, planRights(template).roles);
  };

  it('is one that Lambda may assume', () => {
    expect(() => check(policy(trust('lambda.amazonaws.com')))).not.toThrow();
  });

  it.each([
    ['trusts another service', policy(trust('apigateway.amazonaws.com'))],
    ['grants another action', policy(trust('lambda.amazonaws.com', { Action: 'sts:TagSession' }))],
    [
      'grants it over plain HTTP only',
      policy(trust('lambda.amazonaws.com', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })),
    ],
    ['denies it again', policy(trust('lambda.amazonaws.com'), trust('lambda.amazonaws.com', { Effect: 'Deny' }))],
  ])('stops the start where its trust policy %s', (_, document) => {
    expect(() => check(document)).toThrow(
      /read: The role defined for the function cannot be assumed by Lambda\. The trust policy of reader/,
    );
  });

  it.each([
    ['a Resource', trust('lambda.amazonaws.com', { Resource: '*' }), /has no Resource/],
    ['no Principal', { Effect: 'Allow', Action: 'sts:AssumeRole' }, /needs a Principal/],
    ['a federated principal', trust('', { Principal: { Federated: 'accounts.google.com' } }), /kind "Federated"/],
  ])('stops the start where its trust policy has %s', (_, statement, problem) => {
    expect(() => check(policy(statement))).toThrow(problem);
  });
});

describe('the role of a Malware Protection plan', () => {
  const plan: JsonObject = {
    Type: 'AWS::GuardDuty::MalwareProtectionPlan',
    Properties: {
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      ProtectedResource: { S3Bucket: { BucketName: 'documents' } },
    },
  };
  const check = (resources: JsonObject) => {
    const template = link({ Plan: plan, ...resources });
    checkTrust(template, planRights(template).roles);
  };
  const trusting = (service: string) => role({ AssumeRolePolicyDocument: policy(trust(service)) });

  it('is one that GuardDuty may assume', () => {
    expect(() => check({ Role: trusting('malware-protection-plan.guardduty.amazonaws.com') })).not.toThrow();
    expect(() => check({ Role: trusting('guardduty.amazonaws.com') })).toThrow(
      /Plan: GuardDuty cannot assume reader\. Its trust policy does not let malware-protection-plan\.guardduty/,
    );
  });

  it('is in the template', () => {
    const elsewhere = {
      ...plan,
      Properties: { ...(plan.Properties as JsonObject), Role: 'arn:aws:iam::1:role/other' },
    };
    expect(() => check({ Plan: elsewhere })).toThrow(/role\/other of Plan is not in the template/);
  });
});

describe('the services of a template', () => {
  it('do not start where Lambda may not assume the role of a function', async () => {
    await using cleanup = new AsyncDisposableStack();
    const directory = mkdtempSync(join(tmpdir(), 'sealdrop-trust-'));
    cleanup.defer(() => rmSync(directory, { recursive: true }));
    const folder = openDataFolder(directory);
    cleanup.defer(() => folder.release());
    const template = link({
      Role: role({ AssumeRolePolicyDocument: policy(trust('ec2.amazonaws.com')) }),
      Function: lambda,
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'documents' } },
    });

    await expect(startServices(template, { folder, s3Port: 0, clock: systemClock, cleanup })).rejects.toThrow(
      /cannot be assumed by Lambda/,
    );
  });
});
