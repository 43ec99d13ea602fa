import { scopes as documentScopes, type Scope } from '../../contract/routes.ts';
import type { Person } from './people.ts';

export const openIdScope = 'openid';

export const scopesSupported: readonly string[] = [openIdScope, ...documentScopes];

const ofAdministrators: Scope = 'documents:admin';

/**
 * What of the asked scopes the person is granted: \`documents:admin\` is for administrators. Without a \`scope\` all
 * document scopes (RFC 6749 section 3.3 lets the server choose a default); scopes that are not known are ignored
 * (OpenID Connect Core, section 3.1.2.1).
 */
export const grantScopes = (asked: string | undefined, { role }: Pick<Person, 'role'>): readonly string[] => {
  const wanted = new Set(asked?.split(' ') ?? documentScopes);
  return scopesSupported.filter((scope) => wanted.has(scope) && (role === 'admin' || scope !== ofAdministrators));
};
