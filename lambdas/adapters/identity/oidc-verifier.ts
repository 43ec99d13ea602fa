import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { OidcSettings } from '../../../contract/identity.ts';
import type { Clock, TokenVerifier } from '../../ports.ts';
import { accessTokenVerifier, fetchTimeoutMs, type Rights, rolesOf, scopesOf } from './access-tokens.ts';

/** The issuer's keys, by OpenID Connect Discovery 1.0 section 4; asked once and kept while the function lives. */
const discoverKeys = async (issuer: string): Promise<JWTVerifyGetKey> => {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs), redirect: 'error' });
  if (!response.ok) throw new Error(`The identity provider answered ${response.status} to discovery.`);
  const configuration = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  // Section 4.3: the issuer of the document MUST be identical to the one it was asked for.
  if (configuration.issuer !== issuer || typeof configuration.jwks_uri !== 'string')
    throw new Error('The discovery document of the identity provider is not of the configured issuer.');
  return createRemoteJWKSet(new URL(configuration.jwks_uri), { timeoutDuration: fetchTimeoutMs });
};

/** Tenant and roles by the claims whose names the environment gives. */
const rightsOf =
  ({ tenantClaim, rolesClaim }: OidcSettings) =>
  (payload: JWTPayload): Rights | undefined => {
    const { token_use: tokenUse } = payload;
    if (tokenUse !== undefined && tokenUse !== 'access') return undefined;
    return {
      tenantId: payload[tenantClaim],
      roles: rolesOf([payload[rolesClaim]].flat()),
      scopes: scopesOf(payload),
    };
  };

/** Verifies access tokens of any OpenID Connect provider that gives them an audience. */
export const oidcVerifier = (settings: OidcSettings, clock: Clock): TokenVerifier => {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const issuerKeys = (): Promise<JWTVerifyGetKey> => {
    keys ??= discoverKeys(settings.issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  const { issuer, audience } = settings;
  const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
  return accessTokenVerifier({ issuer, audience, algorithms, keys: issuerKeys, rightsOf: rightsOf(settings) }, clock);
};
