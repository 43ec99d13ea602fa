import { defaultProfile } from '../profiles/default.ts';
import { type Environment, localName, parseEnvironment } from './environment.ts';

/** What the tokens of these examples' own identity provider look like. */
const login = { kind: 'oidc', audience: 'sealdrop', tenantClaim: 'tenant_id', rolesClaim: 'roles' } as const;

/** The page at `/docs` as it is known to an identity provider; each has endpoints of its own. */
const docsClientAt = (issuer: string) => ({
  authorizationUrl: `${issuer}/authorize`,
  tokenUrl: `${issuer}/token`,
  clientId: 'sealdrop-docs',
});

/**
 * The environments of this application: three examples, with account ids and domains of AWS's documentation and
 * RFC 2606. Replace them with your own.
 */
const dev = parseEnvironment({
  name: 'dev',
  account: '111122223333',
  region: 'eu-central-1',
  origins: ['https://documents.dev.example.com'],
  encryption: 's3',
  identity: { ...login, issuer: 'https://login.dev.example.com' },
  docsClient: docsClientAt('https://login.dev.example.com'),
  removal: 'destroy',
  logRetentionDays: 30,
  auditRetentionDays: 90,
  logLevel: 'INFO',
  throttle: { requestsPerSecond: 100, burst: 200 },
  scanner: 'guardduty',
  profile: defaultProfile,
});

/** With a user pool of its own, for who has no identity provider. */
const staging = parseEnvironment({
  ...dev,
  name: 'staging',
  account: '444455556666',
  origins: ['https://documents.staging.example.com'],
  identity: {
    kind: 'cognito',
    domainPrefix: 'sealdrop-staging-example',
    mfa: 'required',
    tenants: ['north-clinic', 'south-clinic'],
    machineClients: [{ name: 'north-reports', tenant: 'north-clinic', scopes: ['documents:read', 'documents:write'] }],
  },
  docsClient: undefined,
  removal: 'retain',
  logRetentionDays: 90,
});

const prod = parseEnvironment({
  ...staging,
  name: 'prod',
  account: '123456789012',
  origins: ['https://documents.example.com'],
  identity: { ...login, issuer: 'https://login.example.com' },
  docsClient: docsClientAt('https://login.example.com'),
  encryption: 'kms',
  logRetentionDays: 365,
  // Six years: HIPAA, 45 CFR 164.316(b)(2)(i).
  auditRetentionDays: 2192,
  throttle: { requestsPerSecond: 1000, burst: 2000 },
});

export const environments: readonly Environment[] = [dev, staging, prod];

/** The environment that runs on one machine: dev, but for its name, its origin and its issuer, and any profile. */
export function localEnvironment(origin: string, profile = dev.profile): Environment {
  return parseEnvironment({
    ...dev,
    profile,
    name: localName,
    origins: [origin],
    apiUrl: origin,
    identity: { ...login, issuer: `${origin}/identity` },
    docsClient: docsClientAt(`${origin}/identity`),
  });
}
