import type { ReportFault } from '../../fault-log.ts';
import { AccessDenied, denialMessage } from '../../iam/access-denied.ts';
import type { AccessRequest } from '../../iam/types.ts';
import type { Bucket } from '../buckets/bucket.ts';
import type { LocalS3Options } from '../configuration.ts';
import type { Operation } from '../operations/operation.ts';
import { Refusal } from '../refusal.ts';
import { type ConditionFacts, conditionsOf } from './conditions.ts';

export interface Access {
  /** The refusal of the first action that is denied. */
  check(actions: readonly string[]): Refusal | undefined;
  /** The refusal of one action, where it is denied. */
  demand(action: string, resource: 'bucket' | 'object'): Refusal | undefined;
  /** A question only: nothing is refused where the answer is no. */
  isAllowed(action: string, resource: 'bucket' | 'object'): boolean;
}

/**
 * Asks about one request: all questions share its principal and its context. `report` hears of every refusal, because
 * answers to HEAD have no body to say it in, and callers may keep to themselves what they were told.
 */
export function accessOf(
  facts: ConditionFacts & { readonly operation: Pick<Operation, 'target'> },
  bucket: Bucket,
  authorize: LocalS3Options['authorize'],
  report?: ReportFault,
): Access {
  const { principal } = facts.identity;
  const conditions = conditionsOf(facts);
  const requestFor = (action: string, target: 'bucket' | 'object'): AccessRequest => {
    const resource = `arn:aws:s3:::${bucket.name}${target === 'object' ? `/${facts.request.key ?? ''}` : ''}`;
    return { principal, action, resource, conditions };
  };
  const demand: Access['demand'] = (action, target) => {
    const request = requestFor(action, target);
    const decision = authorize(request, bucket);
    if (decision.allowed) return undefined;
    report?.('A call was refused', new AccessDenied(request, decision));
    return new Refusal('AccessDenied', denialMessage({ ...request, resource: `"${request.resource}"` }, decision));
  };
  return {
    isAllowed: (action, target) => authorize(requestFor(action, target), bucket).allowed,
    demand,
    check: (actions) => {
      for (const action of actions) {
        const refusal = demand(action, facts.operation.target);
        if (refusal) return refusal;
      }
      return undefined;
    },
  };
}
