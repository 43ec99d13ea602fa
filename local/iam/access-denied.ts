import type { AccessRequest, Decision } from './types.ts';

type Denial = Exclude<Decision, { allowed: true }>;

/**
 * Who may not do what on which resource, and why, in AWS's words ("Troubleshoot access denied error messages" of the IAM
 * user guide). Only policies of the resource can allow anything to an AWS service, which asks under its own name.
 */
export const denialMessage = ({ principal, action, resource }: AccessRequest, { reason, sid }: Denial): string => {
  const statement = sid === undefined ? '' : ` (statement ${sid})`;
  const kind = principal.arn.startsWith('arn:') ? 'identity-based' : 'resource-based';
  const because =
    reason === 'explicit-deny'
      ? `with an explicit deny in a policy${statement}`
      : `because no ${kind} policy allows the ${action} action`;
  return `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
};

/** A call that a policy refused. */
export class AccessDenied extends Error {
  constructor(request: AccessRequest, denial: Denial) {
    super(denialMessage(request, denial));
    this.name = 'AccessDenied';
  }
}
