import { roles as knownRoles, type Role } from '../../contract/roles.ts';
import type { Scope } from '../../contract/routes.ts';
import type { Caller } from '../domain/document.ts';
import { RefusalError } from './problem.ts';

/** What the authorizer passes on: API Gateway allows strings only. `expiresAt` in seconds since 1970. */
export interface AuthorizerContext {
  readonly tenantId: string;
  readonly subjectId: string;
  /** Those of our own names that the token gives, apart by blanks. */
  readonly roles: string;
  readonly scopes: string;
  readonly expiresAt: string;
}

/**
 * The caller as the authorizer verified it. The gateway keeps the authorizer's answer for minutes, so the token's end
 * is looked at here again, and so are the scopes, because a path parameter in a policy matches more than one segment.
 */
export const callerOf = (context: unknown, scopes: readonly Scope[], now: Date): Caller => {
  const { tenantId, subjectId, roles, scopes: held, expiresAt } = (context ?? {}) as Partial<AuthorizerContext>;
  if (!tenantId || !subjectId || !(Number(expiresAt) * 1000 > now.getTime()))
    throw new RefusalError({ kind: 'unauthenticated' });
  const heldScopes = new Set(held?.split(' '));
  if (!scopes.every((scope) => heldScopes.has(scope))) throw new RefusalError({ kind: 'insufficient-scope' });
  const heldRoles = new Set(roles?.split(' '));
  return { tenantId, subjectId, roles: knownRoles.filter((role: Role) => heldRoles.has(role)) };
};
