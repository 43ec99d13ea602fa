import type { Scope } from '../../contract/routes.ts';
import type { Caller } from '../domain/document.ts';
import { RefusalError } from './problem.ts';

/** What the authorizer passes on: API Gateway allows strings only. `expiresAt` in seconds since 1970. */
export interface AuthorizerContext {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly scopes: string;
  readonly expiresAt: string;
}

/**
 * The caller as the authorizer verified it. The gateway keeps the authorizer's answer for minutes, so the token's end
 * is looked at here again, and so are the scopes, because a path parameter in a policy matches more than one segment.
 */
export const callerOf = (context: unknown, scopes: readonly Scope[], now: Date): Caller => {
  const { tenantId, subjectId, scopes: held, expiresAt } = (context ?? {}) as Partial<AuthorizerContext>;
  if (!tenantId || !subjectId || !(Number(expiresAt) * 1000 > now.getTime()))
    throw new RefusalError({ kind: 'unauthenticated' });
  const heldScopes = new Set(held?.split(' '));
  if (!scopes.every((scope) => heldScopes.has(scope))) throw new RefusalError({ kind: 'insufficient-scope' });
  return { tenantId, subjectId };
};
