import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type Role, roleNames } from '../../../contract/roles.ts';
import { tenantIdGrammar } from '../../domain/object-key.ts';
import type { Clock, TokenClaims, TokenVerifier } from '../../ports.ts';

export interface OidcSettings {
  readonly issuer: string;
  readonly audience: string;
  /** The claim that names the caller's tenant; it decides which documents exist for the caller. */
  readonly tenantClaim: string;
  /** The claim that names the caller's roles: one name, or a list of them. */
  readonly rolesClaim: string;
}

const subjectLengthMax = 255;
const fetchTimeoutMs = 3000;
/** Issuers that set `nbf` to now and are ahead by a blink would be refused otherwise. */
const clockSkewSecondsMax = 5;

/** Asymmetric only: with a shared secret, whoever verifies could also issue. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** Access tokens as RFC 9068 types them, or untyped as many issuers send them; never another kind of token. */
const tokenTypes = new Set(['at+jwt', 'application/at+jwt', 'jwt', undefined]);

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

/** Those that are roles here; a name that is none opens nothing. */
const rolesOf = (claim: unknown): readonly Role[] => {
  const given: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  const named = given.flatMap((name) =>
    typeof name === 'string' && Object.hasOwn(roleNames, name) ? roleNames[name] : [],
  );
  return [...new Set(named as Role[])];
};

const claimsOf = (payload: JWTPayload, { tenantClaim, rolesClaim }: OidcSettings): TokenClaims | undefined => {
  const { sub, exp, scope, token_use: tokenUse } = payload;
  const tenantId = payload[tenantClaim];
  if (typeof tenantId !== 'string' || !tenantIdGrammar.test(tenantId)) return undefined;
  if (typeof sub !== 'string' || sub === '' || sub.length > subjectLengthMax || exp === undefined) return undefined;
  if (tokenUse !== undefined && tokenUse !== 'access') return undefined;
  return {
    tenantId,
    subjectId: sub,
    roles: rolesOf(payload[rolesClaim]),
    scopes: typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : [],
    expiresAt: exp,
  };
};

/** A fault of the token, not of the way to the issuer: `jose` gives all of them codes. */
const isTokenFault = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC';

/** Verifies access tokens of one issuer (RFC 7519, RFC 9068) against its published keys. */
export const oidcVerifier = (settings: OidcSettings, clock: Clock): TokenVerifier => {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const issuerKeys = (): Promise<JWTVerifyGetKey> => {
    keys ??= discoverKeys(settings.issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return {
    verify: async (token) => {
      try {
        const { payload, protectedHeader } = await jwtVerify(token, await issuerKeys(), {
          issuer: settings.issuer,
          audience: settings.audience,
          algorithms,
          currentDate: clock.now(),
          clockTolerance: clockSkewSecondsMax,
          requiredClaims: ['exp', 'sub'],
        });
        return tokenTypes.has(protectedHeader.typ?.toLowerCase()) ? claimsOf(payload, settings) : undefined;
      } catch (error) {
        if (isTokenFault(error)) return undefined;
        throw error;
      }
    },
  };
};
