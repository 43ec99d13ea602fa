import { evaluate } from '../iam/evaluate.ts';
import type { Policy } from '../iam/policy.ts';
import type { AccessRequest, Decision } from '../iam/types.ts';
import type { Role } from './plan.ts';

/** Decides calls to AWS: the policies of the calling role and, to S3, of the bucket, as the template has them. */
export const createAuthorize = (roles: readonly Role[], bucketPolicies: ReadonlyMap<string, readonly Policy[]>) => {
  const byName = new Map(roles.map((role) => [role.name, role]));
  return (request: AccessRequest, bucket?: string): Decision => {
    const [, roleName = ''] = /:assumed-role\/([^/]+)\//.exec(request.principal.arn) ?? [];
    return evaluate(request, {
      identityPolicies: byName.get(roleName)?.policies ?? [],
      resourcePolicies: (bucket !== undefined && bucketPolicies.get(bucket)) || [],
    });
  };
};
