import { describe, expect, it } from 'vitest';
import { planRoles } from '../../../local/roles/plan.ts';
import { planRights } from '../../../local/roles/rights.ts';
import { allow, decisions, link, policy, role } from './support/template.ts';

describe('a role', () => {
  it('may do what its policies say, wherever they are written', () => {
    const resources = {
      Role: role({
        Policies: [{ PolicyName: 'inline', PolicyDocument: policy(allow('s3:GetObject')) }],
        ManagedPolicyArns: [{ Ref: 'Attached' }],
      }),
      Attached: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: policy(allow('s3:GetObjectVersion')) },
      },
      Attaching: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: policy(allow('s3:PutObject')), Roles: [{ Ref: 'Role' }] },
      },
      Inline: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'p', PolicyDocument: policy(allow('s3:DeleteObject')), Roles: [{ Ref: 'Role' }] },
      },
    };

    expect(
      decisions(
        resources,
        's3:GetObject',
        's3:GetObjectVersion',
        's3:PutObject',
        's3:DeleteObject',
        's3:GetObjectTagging',
      ),
    ).toEqual([true, true, true, true, 'implicit-deny']);
  });

  it('may not do what the bucket denies', () => {
    const resources = {
      Role: role({ Policies: [{ PolicyName: 'inline', PolicyDocument: policy(allow('s3:GetObject')) }] }),
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: 'documents',
          PolicyDocument: policy({ ...allow('s3:GetObject'), Effect: 'Deny', Principal: '*' }),
        },
      },
    };

    expect(decisions(resources, 's3:GetObject')).toEqual(['explicit-deny']);
  });

  it('may not ask a bucket with two policies, of which AWS would keep one', () => {
    const Policy = {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: 'documents', PolicyDocument: policy({ ...allow('s3:GetObject'), Principal: '*' }) },
    };
    expect(() => planRights(link({ Policy, Other: Policy }))).toThrow(/documents has two policies/);
  });

  it('must not have a policy that is not in the template', () => {
    const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    expect(() => planRoles(link({ Role: role({ ManagedPolicyArns: [arn] }) }))).toThrow(/reader.*AdministratorAccess/);
  });

  it('must not have a policy that is not understood', () => {
    const PolicyDocument = policy({ ...allow('s3:GetObject'), NotPrincipal: '*' });
    const resources = { Role: role({ Policies: [{ PolicyName: 'odd', PolicyDocument }] }) };
    expect(() => planRoles(link(resources))).toThrow(/reader\/odd/);
  });
});
