import { findFunction } from '../functions/find.ts';
import { AccessDenied } from '../iam/access-denied.ts';
import { TemplateError } from '../template/errors.ts';
import type { Template } from '../template/template.ts';
import { demandOfPoller, type Judge, pollerActions } from './queue-calls.ts';

/** Lambda checks this when a mapping is made; on AWS it could not be made otherwise. */
export const checkEventSources = (template: Template, judge: Judge): void => {
  for (const { config } of template.all('AWS::Lambda::EventSourceMapping')) {
    const { EventSourceArn: queueArn, FunctionName: functionName } = config;
    const isQueue = template.all('AWS::SQS::Queue').some(({ attribute }) => attribute('Arn') === queueArn);
    const lambda = findFunction(template, functionName);
    if (!isQueue || lambda === undefined) {
      throw new TemplateError(`${functionName} or ${queueArn}, which is to feed it, is not in the template.`);
    }
    try {
      for (const action of pollerActions) demandOfPoller(lambda, queueArn, action, judge);
    } catch (cause) {
      if (!(cause instanceof AccessDenied)) throw cause;
      throw new TemplateError(`The queue ${queueArn} cannot feed ${functionName}. ${cause.message}`);
    }
  }
};
