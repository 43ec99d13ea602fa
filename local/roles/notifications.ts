import { evaluate } from '../iam/evaluate.ts';
import { TemplateError } from '../template/errors.ts';
import type { Template } from '../template/template.ts';
import { queuePolicies } from './queue-policies.ts';

/** S3 checks this when a notification is set up; on AWS the bucket could not be made otherwise. */
export const checkNotificationTargets = (template: Template): void => {
  const queues = template.all('AWS::SQS::Queue');
  for (const bucket of template.all('AWS::S3::Bucket')) {
    for (const { Queue } of bucket.config.NotificationConfiguration?.QueueConfigurations ?? []) {
      const queue = queues.find(({ attribute }) => attribute('Arn') === Queue);
      if (queue === undefined)
        throw new TemplateError(`${bucket.ref} notifies ${Queue}, which is not in the template.`);
      const decision = evaluate(
        {
          principal: { arn: 's3.amazonaws.com', accountId: '' },
          action: 'sqs:SendMessage',
          resource: Queue,
          conditions: {
            'aws:SourceArn': bucket.attribute('Arn'),
            'aws:SourceAccount': bucket.account,
            'aws:SecureTransport': 'true',
          },
        },
        { identityPolicies: [], resourcePolicies: queuePolicies(template, queue) },
      );
      if (!decision.allowed) {
        throw new TemplateError(`The policy of the queue ${Queue} does not let S3 send the events of ${bucket.ref}.`);
      }
    }
  }
};
