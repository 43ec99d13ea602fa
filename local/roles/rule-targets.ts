import type { EventsPlan } from '../events/plan.ts';
import { AccessDenied } from '../iam/access-denied.ts';
import { TemplateError } from '../template/errors.ts';
import type { Template } from '../template/template.ts';
import { demandOfRule, type Judge } from './queue-calls.ts';

/** Nobody checks this on AWS, where a rule that may not send is as silent as one that nothing fits. */
export const checkRuleTargets = (template: Template, { rules }: EventsPlan, judge: Judge): void => {
  const queues = new Set(template.all('AWS::SQS::Queue').map(({ attribute }) => attribute('Arn')));
  for (const rule of rules) {
    for (const targetArn of rule.targetArns.filter((arn) => queues.has(arn))) {
      try {
        demandOfRule(rule, targetArn, judge);
      } catch (cause) {
        if (!(cause instanceof AccessDenied)) throw cause;
        throw new TemplateError(
          `The policy of the queue ${targetArn} does not let the rule ${rule.arn} send. ${cause.message}`,
        );
      }
    }
  }
};
