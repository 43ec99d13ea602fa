import { createRemoteJWKSet, type JWTPayload } from 'jose';
import { type CognitoSettings, cognitoNames } from '../../../contract/identity.ts';
import type { Clock, TokenVerifier } from '../../ports.ts';
import { accessTokenVerifier, fetchTimeoutMs, type Rights, rolesOf, scopesOf } from './access-tokens.ts';

const { tenantGroupPrefix, roleGroupPrefix, apiResourceServer, tenantResourceServer } = cognitoNames;

/** The names that begin so, without their beginning. */
const after = (prefix: string, names: readonly unknown[]): readonly string[] =>
  names.flatMap((name) => (typeof name === 'string' && name.startsWith(prefix) ? [name.slice(prefix.length)] : []));

/** A tenant that is said once. Of two nobody could say which was meant. */
const onlyOne = ([tenantId, ...others]: readonly string[]): string | undefined =>
  others.length === 0 ? tenantId : undefined;

/**
 * A person's tenant is a group, a back end's is a scope; a token that has both is of neither. User attributes decide
 * nothing: people may be allowed to write them.
 */
const rightsOf =
  ({ pageClientId, machineClientIds }: CognitoSettings) =>
  (payload: JWTPayload): Rights | undefined => {
    const { token_use: tokenUse, client_id: clientId, 'cognito:groups': groups, aud, sub } = payload;
    // Only id tokens, and access tokens bound to another API (RFC 8707), have an audience.
    if (tokenUse !== 'access' || aud !== undefined || typeof clientId !== 'string') return undefined;
    const held = scopesOf(payload);
    const scopes = after(`${apiResourceServer}/`, held);
    const scopeTenants = after(`${tenantResourceServer}/`, held);
    if (clientId === pageClientId) {
      if (scopeTenants.length > 0 || !Array.isArray(groups)) return undefined;
      // No group makes a person a back end.
      const roles = rolesOf(after(roleGroupPrefix, groups)).filter((role) => role !== 'service');
      return { tenantId: onlyOne(after(tenantGroupPrefix, groups)), roles, scopes };
    }
    const isMachine = machineClientIds.includes(clientId) && sub === clientId && groups === undefined;
    return isMachine ? { tenantId: onlyOne(scopeTenants), roles: ['service'], scopes } : undefined;
  };

/**
 * Verifies access tokens of one user pool, as the Cognito developer guide says in "Verifying JSON web tokens" and
 * "Understanding the access token": RS256 with the pool's keys, `iss`, `token_use`, and `client_id` in place of an
 * audience. The keys are kept while the function lives, and asked for again where a token names another one, at most
 * every 30 seconds.
 */
export const cognitoVerifier = (settings: CognitoSettings, clock: Clock): TokenVerifier => {
  const { issuer } = settings;
  const poolKeys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), { timeoutDuration: fetchTimeoutMs });
  return accessTokenVerifier(
    { issuer, algorithms: ['RS256'], keys: async () => poolKeys, rightsOf: rightsOf(settings) },
    clock,
  );
};
