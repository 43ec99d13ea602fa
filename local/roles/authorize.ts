import { evaluate } from '../iam/evaluate.ts';
import type { Policy } from '../iam/policy.ts';
import type { AccessRequest, Decision } from '../iam/types.ts';
import type { Role } from './plan.ts';
import type { Rights } from './rights.ts';

/**
 * `resourceName` is the name of the bucket or the ARN of the queue that is asked; absent where there are no policies.
 * `policies` are those that the resource has besides the template's.
 */
export type Authorize = (request: AccessRequest, resourceName?: string, policies?: readonly Policy[]) => Decision;

/** What AWS knows of a session of a role besides its ARN ("AWS global condition context keys"). */
const sessionConditions = ({ id, tags }: Role, session: string, issuedAt: Date): AccessRequest['conditions'] => ({
  'aws:userid': `${id}:${session}`,
  'aws:TokenIssueTime': issuedAt.toISOString(),
  // Lambda assumes roles, and a service has no device to show a code.
  'aws:MultiFactorAuthPresent': 'false',
  ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value])),
});

/**
 * Decides calls to AWS: the policies of the calling role and of the bucket or queue, as `rights` has them at that
 * moment. Sessions are as old as this.
 */
export const createAuthorize = (rights: () => Rights, issuedAt: Date): Authorize => {
  return (request, resourceName, policies = []) => {
    const { roles, resourcePolicies } = rights();
    const [, roleName, session = ''] = /:assumed-role\/([^/]+)\/(.+)$/.exec(request.principal.arn) ?? [];
    const role = roles.find(({ name }) => name === roleName);
    const conditions = { ...request.conditions, ...(role && sessionConditions(role, session, issuedAt)) };
    return evaluate(
      { ...request, conditions },
      {
        identityPolicies: role?.policies ?? [],
        resourcePolicies: [...((resourceName !== undefined && resourcePolicies.get(resourceName)) || []), ...policies],
      },
    );
  };
};
