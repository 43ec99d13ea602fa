import { compilePolicy } from '../../iam/policy.ts';
import { PolicyError } from '../../iam/policy-error.ts';
import { Refusal } from '../refusal.ts';
import type { BucketPolicy } from './bucket.ts';
import { isPublicPolicy, statementsOf, textsOf } from './public-policy.ts';

/** @throws PolicyError, SyntaxError */
export const compileBucketPolicy = (document: string, bucketName: string): BucketPolicy => {
  const parsed: unknown = JSON.parse(document);
  return { document, compiled: compilePolicy(parsed, bucketName), isPublic: isPublicPolicy(parsed) };
};

/** The policy that is to be put to a bucket, or why S3 would not take it. */
export function parseBucketPolicy(document: string, bucketName: string): BucketPolicy | Refusal {
  const refuse = (message: string): Refusal => new Refusal('MalformedPolicy', message);
  if (!document.trimStart().startsWith('{')) {
    return refuse('Policies must be valid JSON and the first byte must be {');
  }
  try {
    const policy = compileBucketPolicy(document, bucketName);
    if (policy.compiled.attachedTo !== 'resource') return refuse('Missing required field Principal');
    const statements = statementsOf(JSON.parse(document));
    const actions = statements.flatMap(({ Action, NotAction }) => textsOf(Action ?? NotAction));
    if (!actions.every((action) => action === '*' || /^s3:/i.test(action))) return refuse('Policy has invalid action');
    const resources = statements.flatMap(({ Resource, NotResource }) => textsOf(Resource ?? NotResource));
    if (!resources.every((resource) => isOf(resource, bucketName))) return refuse('Policy has invalid resource');
    return policy;
  } catch (cause) {
    if (cause instanceof SyntaxError) return refuse('This policy contains invalid Json');
    if (cause instanceof PolicyError) return refuse(cause.message);
    throw cause;
  }
}

/** A policy may speak of its own bucket only; a wildcard may stand for it. */
function isOf(resource: string, bucketName: string): boolean {
  if (resource === '*') return true;
  const name = /^arn:aws:s3:::(?<name>[^/]*)/.exec(resource)?.groups?.name;
  if (name === undefined) return false;
  const pattern = name.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('?', '.');
  // A run of stars means what one means, and would take long to try.
  return new RegExp(`^${pattern.replace(/\*+/g, '.*')}$`).test(bucketName);
}
