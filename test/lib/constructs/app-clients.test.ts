import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { IdentitySettings } from '../../../contract/identity.ts';
import { readTemplate } from '../../../local/template/template.ts';
import { base, clientNamed, cognito, stages } from '../support/cognito.ts';
import { resourceOf, resourcesOf, synthesize } from '../support/synthesize.ts';

const { data, service } = stages.kept;

describe('the clients', () => {
  it('are the page and the back ends', () => {
    expect(resourcesOf(service, 'AWS::Cognito::UserPoolClient')).toHaveLength(3);
  });

  it('of the page has no secret, gets codes at the origins only, and can ask for no tenant', () => {
    expect(clientNamed('page').Properties).toMatchObject({
      GenerateSecret: false,
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'sealdrop/documents:read', 'sealdrop/documents:write'],
      CallbackURLs: ['https://a.example.com/', 'https://b.example.com/'],
      LogoutURLs: ['https://a.example.com/', 'https://b.example.com/'],
      SupportedIdentityProviders: ['COGNITO'],
      WriteAttributes: ['email'],
    });
  });

  it.each([
    ['reports', ['sealdrop/documents:write', 'tenants/north']],
    ['overview', ['sealdrop/documents:read', 'sealdrop/documents:admin', 'tenants/south']],
  ])('of the back end %s has a secret and the scopes %j, for itself only', (name, allowed) => {
    const { Properties } = clientNamed(name);
    expect(Properties).toMatchObject({
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: allowed,
    });
    expect(Properties).not.toHaveProperty('CallbackURLs');
  });

  it.each(['page', 'reports', 'overview'])(
    '%s has short tokens, which can be revoked, and none for changing its user',
    (name) => {
      const { Properties } = clientNamed(name);
      expect(Properties).toMatchObject({
        AccessTokenValidity: 60,
        TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
        EnableTokenRevocation: true,
        PreventUserExistenceErrors: 'ENABLED',
        AllowedOAuthFlowsUserPoolClient: true,
      });
      expect(JSON.stringify(Properties.AllowedOAuthScopes)).not.toContain('aws.cognito.signin.user.admin');
    },
  );
});

type Joined = { readonly 'Fn::Join': readonly [string, readonly unknown[]] };

describe('the authorizer', () => {
  const identityOf = (stage: typeof stages.kept): unknown => {
    const { Properties } = resourceOf(stage.service, 'AWS::Lambda::Function', 'authorize');
    return (Properties.Environment as { Variables: { IDENTITY: unknown } }).Variables.IDENTITY;
  };

  it('trusts the pool, the page and the back ends, each by its own id', () => {
    const [, parts] = (identityOf(stages.kept) as Joined)['Fn::Join'];
    const text = parts
      .map((part) => (typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', "'")))
      .join('');
    const exported = Object.keys(data.Outputs).find((name) => /GetAttUsersPool.*ProviderURL/.test(name));
    expect(JSON.parse(text)).toEqual({
      kind: 'cognito',
      issuer: `{'Fn::ImportValue':'sealdrop-kept-data:${exported}'}`,
      pageClientId: `{'Ref':'${clientNamed('page').id}'}`,
      machineClientIds: ['reports', 'overview'].map((name) => `{'Ref':'${clientNamed(name).id}'}`),
    });
  });

  it('has room for as many back ends as an environment may have', () => {
    const [reports] = cognito.machineClients;
    if (!reports) throw new Error('There is a back end.');
    const machineClients = Array.from({ length: 50 }, (_, index) => ({ ...reports, name: `m${index}` }));
    const [stage] = synthesize([{ ...base, identity: { ...cognito, machineClients } }]);
    const [, parts] = (identityOf(stage as typeof stages.kept) as Joined)['Fn::Join'];
    // Ids of clients have 26 characters. All variables together may have 4 kB.
    expect(parts.map((part) => (typeof part === 'string' ? part : 'x'.repeat(26))).join('').length).toBeLessThan(3000);
  });

  it('finds in it what it reads, once the template is resolved', () => {
    const lambdas = readTemplate(stages.kept.directory).all('AWS::Lambda::Function');
    const [text] = lambdas.flatMap(({ config }) => config.Environment?.Variables?.IDENTITY ?? []);
    expect(z.parse(IdentitySettings, JSON.parse(text ?? ''))).toMatchObject({
      kind: 'cognito',
      issuer: expect.stringMatching(/^https:\/\/cognito-idp\.eu-central-1\.amazonaws\.com\/eu-central-1_\w{9}$/),
    });
  });

  it('trusts the identity provider as the environment describes it', () => {
    expect(JSON.parse(`${identityOf(stages.oidc)}`)).toEqual(stages.oidc.environment.identity);
  });
});
