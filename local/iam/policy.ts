import { PolicyError } from './policy-error.ts';
import { readObject } from './read.ts';
import { compileStatement, type Statement } from './statement.ts';

/** A policy ready to be evaluated; made by `compilePolicy` only. */
export interface Policy {
  readonly name: string;
  /** `resource` where its statements name principals (a bucket policy), `identity` where they do not (a role's). */
  readonly attachedTo: 'identity' | 'resource';
  readonly statements: readonly Statement[];
}

const version = '2012-10-17';

const nameOf = (statement: unknown, index: number): string => {
  const sid: unknown =
    typeof statement === 'object' && statement !== null && 'Sid' in statement ? statement.Sid : undefined;
  return typeof sid === 'string' ? `statement "${sid}"` : `statement ${index + 1}`;
};

const checkTogether = (statements: readonly Statement[], where: string): void => {
  if (statements.length === 0) throw new PolicyError(where, 'a policy needs at least one statement');
  if (new Set(statements.map((statement) => statement.namesPrincipals)).size > 1) {
    throw new PolicyError(
      where,
      'either every statement names a Principal (resource policy) or none (identity policy)',
    );
  }
  const sids = statements.flatMap(({ sid }) => (sid === undefined ? [] : [sid]));
  const repeated = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (repeated !== undefined) throw new PolicyError(where, `the Sid "${repeated}" is used twice`);
};

/**
 * Compiles an IAM policy document (IAM user guide, "Grammar of the IAM JSON policy language") whose CloudFormation
 * intrinsics are resolved. `name` is what errors call it: a role's or bucket's name and the policy's.
 *
 * Throws a PolicyError that names policy, Sid and feature for whatever it does not understand: another Version, an
 * unknown element, operator, condition key or policy variable, NotPrincipal, a malformed value.
 */
export const compilePolicy = (document: unknown, name: string): Policy => {
  const where = `Policy "${name}"`;
  const { Version, Id: _, Statement: list, ...unknown } = readObject(document, 'a policy document', where);
  if (Version !== version) {
    throw new PolicyError(where, `Version must be "${version}", not ${JSON.stringify(Version)}`);
  }
  const [element] = Object.keys(unknown);
  if (element !== undefined) throw new PolicyError(where, `unknown element "${element}"`);
  const values: readonly unknown[] = Array.isArray(list) ? list : [list];
  const statements = values.map((value, index) => compileStatement(value, `${where}, ${nameOf(value, index)}`));
  checkTogether(statements, where);
  return { name, attachedTo: statements[0]?.namesPrincipals ? 'resource' : 'identity', statements };
};
