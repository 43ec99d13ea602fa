import type { AccessRequest, Decision } from '../../iam/types.ts';
import type { BucketConfiguration, LocalS3Options } from '../configuration.ts';
import { Refusal } from '../refusal.ts';
import { type ConditionFacts, conditionsOf } from './conditions.ts';

export interface Access {
  /** The refusal of the first action that is denied. */
  check(actions: readonly string[]): Refusal | undefined;
  isAllowed(action: string, resource: 'bucket' | 'object'): boolean;
}

/** Asks about one request: all questions share its principal and its context. */
export function accessOf(
  facts: ConditionFacts,
  bucket: BucketConfiguration,
  authorize: LocalS3Options['authorize'],
): Access {
  const { principal } = facts.identity;
  const conditions = conditionsOf(facts);
  const requestFor = (action: string, target: 'bucket' | 'object'): AccessRequest => {
    const resource = `arn:aws:s3:::${bucket.name}${target === 'object' ? `/${facts.request.key ?? ''}` : ''}`;
    return { principal, action, resource, conditions };
  };
  return {
    isAllowed: (action, target) => authorize(requestFor(action, target), bucket.name).allowed,
    check: (actions) => {
      for (const action of actions) {
        const request = requestFor(action, facts.operation.target);
        const decision = authorize(request, bucket.name);
        if (!decision.allowed) return denial(request, decision);
      }
      return undefined;
    },
  };
}

/** S3's words for a denial: who, what, on which resource. `sid` names the statement where one denied. */
function denial(access: AccessRequest, decision: Exclude<Decision, { allowed: true }>): Refusal {
  const { principal, action, resource } = access;
  const statement = decision.sid === undefined ? '' : ` (statement ${decision.sid})`;
  const because =
    decision.reason === 'explicit-deny'
      ? `with an explicit deny in a policy${statement}`
      : `because no policy allows the ${action} action`;
  const message = `User: ${principal.arn} is not authorized to perform: ${action} on resource: "${resource}" ${because}`;
  return new Refusal('AccessDenied', message);
}
