import { describe, expect, it } from 'vitest';
import { parseEnvironment } from '../../lib/environment.ts';
import { environments, localEnvironment } from '../../lib/environments.ts';

const [dev, staging, prod] = environments;

const errorOf = (change: object): string => {
  try {
    parseEnvironment({ ...prod, ...change });
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : 'not an error';
  }
};

const oidc = {
  kind: 'oidc',
  issuer: 'https://login.example.com',
  audience: 'sealdrop',
  tenantClaim: 'tenant_id',
  rolesClaim: 'roles',
};

const cognito = {
  kind: 'cognito',
  domainPrefix: 'documents-example',
  mfa: 'optional',
  tenants: ['north', 'south'],
  machineClients: [{ name: 'reports', tenant: 'north', scopes: ['documents:write'] }],
};
const [reports] = cognito.machineClients;

describe('an environment that is wrong', () => {
  it.each<[field: string, change: object]>([
    ['name', { name: 'Production' }],
    ['name', { name: 'an-environment-name' }],
    ['account', { account: '1234' }],
    ['region', { region: 'Frankfurt' }],
    ['origins', { origins: [] }],
    ['origins.0', { origins: ['*'] }],
    ['origins.0', { origins: ['https://*.example.com'] }],
    ['origins.1', { origins: ['https://a.example.com', 'https://b.example.com/'] }],
    ['origins.0', { origins: ['https://a.example.com/app'] }],
    ['origins.0', { origins: ['https://A.example.com'] }],
    ['origins.0', { origins: ['http://a.example.com'] }],
    ['origins.0', { origins: ['http://127.0.0.1:3000'] }],
    ['origins.1', { origins: ['https://a.example.com', 'https://a.example.com'] }],
    ['apiUrl', { apiUrl: 'api.example.com' }],
    ['apiUrl', { apiUrl: 'https://api.example.com/' }],
    ['apiUrl', { apiUrl: 'https://api.example.com/live/' }],
    ['apiUrl', { apiUrl: 'https://api.example.com?stage=live' }],
    ['apiUrl', { apiUrl: 'http://api.example.com' }],
    ['docsClient.tokenUrl', { docsClient: { ...prod?.docsClient, tokenUrl: 'http://login.example.com/token' } }],
    ['docsClient.authorizationUrl', { docsClient: { ...prod?.docsClient, authorizationUrl: 'login' } }],
    ['encryption', { encryption: 'none' }],
    ['identity.kind', { identity: { ...oidc, kind: 'basic' } }],
    ['identity.issuer', { identity: { ...oidc, issuer: 'login' } }],
    ['identity.issuer', { identity: { ...oidc, issuer: 'http://login.example.com' } }],
    ['identity.audience', { identity: { ...oidc, audience: '' } }],
    ['identity.tenantClaim', { identity: { ...oidc, tenantClaim: undefined } }],
    ['identity.rolesClaim', { identity: { ...oidc, rolesClaim: '' } }],
    ['identity.mfa', { identity: { ...cognito, mfa: 'none' } }],
    ['identity.domainPrefix', { identity: { ...cognito, domainPrefix: 'Documents' } }],
    ['identity.domainPrefix', { identity: { ...cognito, domainPrefix: 'documents-' } }],
    ['identity.domainPrefix', { identity: { ...cognito, domainPrefix: 'd'.repeat(64) } }],
    ['identity.domainPrefix', { identity: { ...cognito, domainPrefix: 'my-cognito' } }],
    ['identity.tenants', { identity: { ...cognito, tenants: [], machineClients: [] } }],
    [
      'identity.tenants',
      { identity: { ...cognito, tenants: ['north', ...Array.from({ length: 100 }, (_, n) => `t${n}`)] } },
    ],
    ['identity.tenants.1', { identity: { ...cognito, tenants: ['north', 'South'] } }],
    ['identity.tenants.1', { identity: { ...cognito, tenants: ['north', 'north'] } }],
    ['identity.machineClients.0.tenant', { identity: { ...cognito, tenants: ['south'] } }],
    ['identity.machineClients.0.scopes', { identity: { ...cognito, machineClients: [{ ...reports, scopes: [] }] } }],
    [
      'identity.machineClients.0.scopes.0',
      { identity: { ...cognito, machineClients: [{ ...reports, scopes: ['*'] }] } },
    ],
    ['identity.machineClients.1.name', { identity: { ...cognito, machineClients: [reports, reports] } }],
    [
      'identity.machineClients',
      {
        identity: { ...cognito, machineClients: Array.from({ length: 51 }, (_, n) => ({ ...reports, name: `m${n}` })) },
      },
    ],
    ['identity.issuer', { identity: { ...oidc, issuer: 'http://127.0.0.1:8080/identity' } }],
    ['logLevel', { logLevel: 'TRACE' }],
    ['transferAcceleration', { transferAcceleration: 'yes' }],
    ['transferAcceleration', { transferAcceleration: true, region: 'cn-north-1' }],
    ['storageSettingsSecret', { storageSettingsSecret: 'with blanks in it' }],
    ['removal', { removal: 'maybe' }],
    ['logRetentionDays', { logRetentionDays: 31 }],
    ['auditRetentionDays', { auditRetentionDays: 0 }],
    ['throttle.burst', { throttle: { requestsPerSecond: 1, burst: 0.5 } }],
    ['scanner', { scanner: 'someone' }],
    ['profile.sizeBytesMax', { profile: { ...prod?.profile, sizeBytesMax: -1 } }],
    ['environment', { colour: 'blue' }],
  ])('is refused with one error that names %s', (field, change) => {
    const message = errorOf(change);

    expect(message).toMatch(/^Environment \S+ in lib\/environments\.ts is wrong\. /);
    expect(message).toContain(` ${field}: `);
    expect(message).not.toContain('\n');
  });

  it('says all that is wrong at once', () => {
    expect(errorOf({ account: '1', removal: 'maybe' })).toMatch(/account: .*; removal: /);
  });
});

it('uploads may be accelerated, where AWS has it', () => {
  expect(errorOf({ transferAcceleration: true })).toBe('accepted');
  expect(errorOf({ transferAcceleration: false, region: 'cn-north-1' })).toBe('accepted');
});

describe('the examples', () => {
  it('are dev, staging and prod', () => {
    expect(environments.map(({ name }) => name)).toEqual(['dev', 'staging', 'prod']);
  });

  it('retain their data from staging on, and encrypt it with keys of their own in prod', () => {
    expect([dev?.removal, staging?.removal, prod?.removal]).toEqual(['destroy', 'retain', 'retain']);
    expect([dev?.encryption, staging?.encryption, prod?.encryption]).toEqual(['s3', 's3', 'kms']);
  });

  it('share neither account nor origin', () => {
    expect(new Set(environments.map(({ account }) => account)).size).toBe(environments.length);
    const origins = environments.flatMap((environment) => environment.origins);
    expect(new Set(origins).size).toBe(origins.length);
  });
});

describe('the local environment', () => {
  it('is dev but for name, addresses and issuer', () => {
    const origin = 'http://127.0.0.1:4000';

    expect(localEnvironment(origin)).toEqual({
      ...dev,
      name: 'local',
      origins: [origin],
      apiUrl: origin,
      identity: { ...dev?.identity, issuer: `${origin}/identity` },
      docsClient: {
        authorizationUrl: `${origin}/identity/authorize`,
        tokenUrl: `${origin}/identity/token`,
        clientId: 'sealdrop-docs',
      },
    });
  });

  it.each(['http://192.168.1.2:4000', 'http://localhost:4000', 'http://127.0.0.1:4000/', 'nowhere'])(
    'refuses %s',
    (origin) => {
      expect(() => localEnvironment(origin)).toThrow('origins.0: ');
    },
  );
});
