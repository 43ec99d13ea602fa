import { compilePolicy, type Policy } from './policy.ts';
import { PolicyError } from './policy-error.ts';
import { readObject } from './read.ts';

/**
 * Compiles the policy that says who may assume a role (`AssumeRolePolicyDocument`). It is about its own role, so its
 * statements have principals and no Resource (IAM user guide, "Grammar of the IAM JSON policy language").
 * @throws PolicyError for whatever is not understood, as `compilePolicy`.
 */
export const compileTrustPolicy = (document: unknown, name: string): Policy => {
  const where = `Policy "${name}"`;
  const { Statement: list, ...rest } = readObject(document, 'a trust policy', where);
  const values: readonly unknown[] = Array.isArray(list) ? list : [list];
  const statements = values.map((value) => {
    const statement = readObject(value, 'a statement', where);
    if ('Resource' in statement || 'NotResource' in statement) {
      throw new PolicyError(where, 'a trust policy is about its own role and has no Resource');
    }
    if (!('Principal' in statement)) throw new PolicyError(where, 'a statement of a trust policy needs a Principal');
    return { ...statement, Resource: '*' };
  });
  return compilePolicy({ ...rest, Statement: statements }, name);
};
