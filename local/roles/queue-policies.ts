import { compilePolicy, type Policy } from '../iam/policy.ts';
import type { ResourceOf, Template } from '../template/template.ts';

/** The resource policies of one queue. */
export const queuePolicies = (template: Template, { ref }: ResourceOf<'AWS::SQS::Queue'>): readonly Policy[] =>
  template
    .all('AWS::SQS::QueuePolicy')
    .filter(({ config }) => config.Queues.includes(ref))
    .map(({ config, logicalId }) => compilePolicy(config.PolicyDocument, logicalId));
