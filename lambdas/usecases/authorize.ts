import { type Route, routes } from '../../contract/routes.ts';
import type { TokenClaims, TokenVerifier } from '../ports.ts';

const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
const tokenLengthMax = 8192;

/** Who the caller is and what of the route table the token's scopes open. */
export interface Authorization {
  readonly claims: TokenClaims;
  readonly routes: readonly Route[];
}

/** Undefined for anything but a trusted access token, whatever the reason: the caller need not learn which. */
export const authorize =
  (deps: { verifier: TokenVerifier }) =>
  async (authorizationHeader: string | undefined): Promise<Authorization | undefined> => {
    const [, token] = bearer.exec(authorizationHeader ?? '') ?? [];
    if (token === undefined || token.length > tokenLengthMax) return undefined;
    const claims = await deps.verifier.verify(token);
    if (claims === undefined) return undefined;
    const opened = Object.values<Route>(routes).filter(
      ({ isPublic, scopes }) => !isPublic && scopes.every((scope) => claims.scopes.includes(scope)),
    );
    return { claims, routes: opened };
  };
