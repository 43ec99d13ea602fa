import { AccessDenied, denialMessage } from '../../iam/access-denied.ts';
import type { Context } from '../handle.ts';
import type { AccountCall, AccountOperation } from '../operations/account-operation.ts';
import { Refusal } from '../refusal.ts';
import { conditionsOf } from './conditions.ts';

/** Asks about one request that is about no bucket that is there, so only the rights of its caller count. */
export const demandOfAccount =
  (
    { options, transport }: Pick<Context, 'options' | 'transport'>,
    operation: AccountOperation,
    { request, identity }: Pick<AccountCall, 'request' | 'identity'>,
  ): AccountCall['demand'] =>
  (action, resource, more = {}) => {
    const { principal } = identity;
    const facts = { request, identity, operation, transport, requestTags: undefined, existingTags: undefined };
    const conditions = { ...conditionsOf({ ...facts, resourceAccount: principal.accountId }), ...more };
    const asked = { principal, action, resource, conditions };
    const decision = options.authorize(asked, undefined);
    if (decision.allowed) return undefined;
    options.report?.('A call was refused', new AccessDenied(asked, decision));
    return new Refusal('AccessDenied', denialMessage({ ...asked, resource: `"${resource}"` }, decision));
  };
