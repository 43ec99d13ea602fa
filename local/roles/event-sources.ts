import { findFunction } from '../functions/find.ts';
import { roleNameOf } from '../functions/plan.ts';
import { evaluate } from '../iam/evaluate.ts';
import { TemplateError } from '../template/errors.ts';
import type { Template } from '../template/template.ts';
import { planRoles } from './plan.ts';
import { queuePolicies } from './queue-policies.ts';

/** What Lambda's pollers do in the name of the function (Lambda developer guide, "Configuring a queue"). */
const pollerActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** Lambda checks this when a mapping is made; on AWS it could not be made otherwise. */
export const checkEventSources = (template: Template): void => {
  const roles = planRoles(template);
  for (const { config } of template.all('AWS::Lambda::EventSourceMapping')) {
    const queue = template.all('AWS::SQS::Queue').find(({ attribute }) => attribute('Arn') === config.EventSourceArn);
    const lambda = findFunction(template, config.FunctionName);
    const role = lambda && roles.find(({ name }) => name === roleNameOf(lambda));
    if (queue === undefined || role === undefined) {
      throw new TemplateError(`${config.FunctionName}, its role or ${config.EventSourceArn} is not in the template.`);
    }
    const resourcePolicies = queuePolicies(template, queue);
    const denied = pollerActions.find((action) => {
      const principal = {
        arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/poller`,
        accountId: role.account,
      };
      const conditions = { 'aws:PrincipalArn': role.arn, 'aws:SecureTransport': 'true' };
      const request = { principal, action, resource: config.EventSourceArn, conditions };
      return !evaluate(request, { identityPolicies: role.policies, resourcePolicies }).allowed;
    });
    if (denied !== undefined) {
      throw new TemplateError(`The role ${role.name} may not ${denied} on ${config.EventSourceArn}, which feeds it.`);
    }
  }
};
