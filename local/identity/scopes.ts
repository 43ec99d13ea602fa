import { scopes as documentScopes } from '../../contract/routes.ts';

export const openIdScope = 'openid';

export const scopesSupported: readonly string[] = [openIdScope, ...documentScopes];

/**
 * What of the asked scopes is granted. Without a `scope` all document scopes (RFC 6749 section 3.3 lets the server
 * choose a default); scopes that are not known are ignored (OpenID Connect Core, section 3.1.2.1).
 */
export const grantScopes = (asked: string | undefined): readonly string[] => {
  if (asked === undefined) return documentScopes;
  const wanted = new Set(asked.split(' '));
  return scopesSupported.filter((scope) => wanted.has(scope));
};
