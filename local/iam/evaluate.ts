import { contextOf } from './context.ts';
import type { Policy } from './policy.ts';
import type { AccessRequest, Decision } from './types.ts';

export interface PolicySet {
  /** Policies of the role that asks. */
  readonly identityPolicies: readonly Policy[];
  /** Policies of the resource that is asked for: a bucket's, a queue's. */
  readonly resourcePolicies: readonly Policy[];
}

const checkAttachment = (policies: readonly Policy[], attachedTo: Policy['attachedTo']): void => {
  const misplaced = policies.find((policy) => policy.attachedTo !== attachedTo);
  if (misplaced !== undefined) {
    throw new TypeError(
      `Policy "${misplaced.name}" is an ${misplaced.attachedTo} policy, given as ${attachedTo} policy.`,
    );
  }
};

/**
 * Decides a request within one account (IAM user guide, "Policy evaluation logic"): a Deny that applies wins over
 * everything; otherwise one Allow, of an identity or a resource policy, is enough; otherwise the answer is no.
 */
export const evaluate = (request: AccessRequest, { identityPolicies, resourcePolicies }: PolicySet): Decision => {
  checkAttachment(identityPolicies, 'identity');
  checkAttachment(resourcePolicies, 'resource');
  const context = contextOf(request);
  const applying = [...identityPolicies, ...resourcePolicies]
    .flatMap((policy) => policy.statements)
    .filter((statement) => statement.applies(request, context));
  const denial = applying.find((statement) => statement.effect === 'Deny');
  if (denial !== undefined) {
    return { allowed: false, reason: 'explicit-deny', ...(denial.sid === undefined ? {} : { sid: denial.sid }) };
  }
  return applying.length > 0 ? { allowed: true } : { allowed: false, reason: 'implicit-deny' };
};
