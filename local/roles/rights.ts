import { compilePolicy, type Policy } from '../iam/policy.ts';
import { planSecretPolicies } from '../secrets/plan.ts';
import { TemplateError } from '../template/errors.ts';
import type { Template } from '../template/template.ts';
import { planRoles, type Role } from './plan.ts';

/** Everything in a template that says who may do what. */
export interface Rights {
  readonly roles: readonly Role[];
  /** The policies of buckets by their names, and of queues and secrets by their ARNs. */
  readonly resourcePolicies: ReadonlyMap<string, readonly Policy[]>;
}

const bucketPolicies = (template: Template): readonly (readonly [bucket: string, policies: readonly Policy[]])[] => {
  const buckets = new Set<string>();
  return template.all('AWS::S3::BucketPolicy').map(({ config: { Bucket: bucket, PolicyDocument: document } }) => {
    if (buckets.has(bucket)) throw new TemplateError(`The bucket ${bucket} has two policies. Make one of them.`);
    buckets.add(bucket);
    return [bucket, [compilePolicy(document, bucket)]];
  });
};

const queuePolicies = (template: Template): readonly (readonly [queueArn: string, policies: readonly Policy[]])[] => {
  const policies = template.all('AWS::SQS::QueuePolicy').map(({ config, logicalId }) => ({
    queues: config.Queues,
    policy: compilePolicy(config.PolicyDocument, logicalId),
  }));
  return template
    .all('AWS::SQS::Queue')
    .map(({ ref, attribute }) => [
      attribute('Arn'),
      policies.flatMap(({ queues, policy }) => (queues.includes(ref) ? [policy] : [])),
    ]);
};

/** @throws TemplateError, PolicyError */
export const planRights = (template: Template): Rights => ({
  roles: planRoles(template),
  resourcePolicies: new Map([...bucketPolicies(template), ...queuePolicies(template), ...planSecretPolicies(template)]),
});
