import { describe, expect, it } from 'vitest';
import { scopes } from '../../../contract/routes.ts';
import { clientNamed, stages } from '../support/cognito.ts';
import { resourceOf, resourcesOf } from '../support/synthesize.ts';

const { data, service } = stages.kept;
const pool = resourceOf(data, 'AWS::Cognito::UserPool');

describe('the user pool', () => {
  it('lets nobody sign up, asks for long passwords and an authenticator app', () => {
    expect(pool.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      UsernameConfiguration: { CaseSensitive: false },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    });
    const { PasswordPolicy } = pool.Properties.Policies as { PasswordPolicy: { MinimumLength: number } };
    expect(PasswordPolicy.MinimumLength).toBeGreaterThanOrEqual(15);
    expect(resourceOf(stages.loose.data, 'AWS::Cognito::UserPool').Properties.MfaConfiguration).toBe('OPTIONAL');
  });

  it('has no attribute that could say a tenant or a role, and no trigger that could change a token', () => {
    expect(pool.Properties.Schema).toEqual([
      { Name: 'email', AttributeDataType: 'String', Required: true, Mutable: true },
    ]);
    expect(pool.Properties).not.toHaveProperty('LambdaConfig');
  });

  it('is protected and left behind exactly where the environment retains', () => {
    expect(pool).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(pool.Properties.DeletionProtection).toBe('ACTIVE');
    const own = resourceOf(stages.loose.data, 'AWS::Cognito::UserPool');
    expect(own).toMatchObject({ DeletionPolicy: 'Delete', Properties: { DeletionProtection: 'INACTIVE' } });
  });

  it('has a group for each tenant and each role of people, none for back ends, and none with a role of IAM', () => {
    const groups = resourcesOf(data, 'AWS::Cognito::UserPoolGroup').map(({ Properties }) => Properties);
    expect(groups.map(({ GroupName }) => GroupName).sort()).toEqual([
      'role:admin',
      'role:clinician',
      'role:patient',
      'role:staff',
      'tenant:north',
      'tenant:south',
    ]);
    for (const group of groups) expect(group).not.toHaveProperty('RoleArn');
  });

  it('has the scopes of the route table, and one for each tenant', () => {
    const scopesOf = Object.fromEntries(
      resourcesOf(data, 'AWS::Cognito::UserPoolResourceServer').map(({ Properties }) => [
        Properties.Identifier,
        (Properties.Scopes as { ScopeName: string }[]).map(({ ScopeName }) => ScopeName),
      ]),
    );
    expect(scopesOf).toEqual({ sealdrop: scopes, tenants: ['north', 'south'] });
  });

  it('has sign-in pages at the given prefix, with a style, without which they are not shown', () => {
    expect(resourceOf(data, 'AWS::Cognito::UserPoolDomain').Properties).toMatchObject({
      Domain: 'documents-example',
      ManagedLoginVersion: 2,
    });
    expect(resourceOf(service, 'AWS::Cognito::ManagedLoginBranding').Properties).toMatchObject({
      ClientId: { Ref: clientNamed('page').id },
      UseCognitoProvidedValues: true,
    });
  });

  it('has the tags of the environment, which for a pool have a name of their own', () => {
    expect(pool.Properties.UserPoolTags).toEqual({ application: 'sealdrop', environment: 'kept' });
  });

  it('is in no template of an environment that has an identity provider', () => {
    const all = [stages.oidc.data, stages.oidc.service, stages.oidc.audit].map((template) => JSON.stringify(template));
    expect(all.join('')).not.toContain('AWS::Cognito');
  });
});
