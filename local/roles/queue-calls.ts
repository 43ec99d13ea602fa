import type { Clock } from '../clock.ts';
import { roleNameOf } from '../functions/plan.ts';
import { AccessDenied } from '../iam/access-denied.ts';
import { globalConditions, serviceConditions } from '../iam/global-conditions.ts';
import type { AccessRequest } from '../iam/types.ts';
import type { ResourceOf } from '../template/template.ts';
import type { Authorize } from './authorize.ts';

/** Who is asked, and when. */
export interface Judge {
  readonly authorize: Authorize;
  readonly clock: Clock;
}

/** @throws AccessDenied in SQS's words, which write the action in lower case. */
const demand = (request: AccessRequest, { authorize }: Judge): void => {
  const decision = authorize(request, request.resource);
  if (!decision.allowed) throw new AccessDenied({ ...request, action: request.action.toLowerCase() }, decision);
};

/** What Lambda's pollers do in the name of the function (Lambda developer guide, "Configuring a queue"). */
export const pollerActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'] as const;

export type PollerAction = (typeof pollerActions)[number];

/** @throws AccessDenied where the role of the function may not do this with the queue that feeds it. */
export const demandOfPoller = (
  lambda: ResourceOf<'AWS::Lambda::Function'>,
  queueArn: string,
  action: PollerAction,
  judge: Judge,
): void => {
  const { account, region } = lambda;
  const principal = { arn: `arn:aws:sts::${account}:assumed-role/${roleNameOf(lambda)}/poller`, accountId: account };
  const facts = { principal, region, secureTransport: true, receivedAt: judge.clock.now(), headers: new Map() };
  demand({ principal, action, resource: queueArn, conditions: globalConditions(facts) }, judge);
};

/** @throws AccessDenied where the policy of the queue does not let a service send for one of its resources. */
const demandOfService = (
  service: string,
  source: { readonly account: string; readonly region: string; readonly arn: string },
  queueArn: string,
  judge: Judge,
): void => {
  const facts = { service, ...source, secureTransport: true, receivedAt: judge.clock.now() };
  const conditions = serviceConditions({ ...facts, sourceArn: source.arn });
  demand(
    { principal: { arn: service, accountId: '' }, action: 'sqs:SendMessage', resource: queueArn, conditions },
    judge,
  );
};

/** @throws AccessDenied where the policy of the queue does not let S3 send the events of the bucket. */
export const demandOfNotification = (
  { account, region, attribute }: ResourceOf<'AWS::S3::Bucket'>,
  queueArn: string,
  judge: Judge,
): void => demandOfService('s3.amazonaws.com', { account, region, arn: attribute('Arn') }, queueArn, judge);

/** @throws AccessDenied where the policy of the queue does not let EventBridge send the events of the rule. */
export const demandOfRule = (
  rule: { readonly account: string; readonly region: string; readonly arn: string },
  queueArn: string,
  judge: Judge,
): void => demandOfService('events.amazonaws.com', rule, queueArn, judge);
