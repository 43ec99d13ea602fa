import { findFunction } from '../functions/find.ts';
import { TemplateError } from '../template/errors.ts';
import type { ResourceOf, Template } from '../template/template.ts';
import type { ConsumerConfig } from './consumer.ts';
import type { QueueConfig } from './queue.ts';

const planQueue = ({ config, attribute }: ResourceOf<'AWS::SQS::Queue'>): QueueConfig => ({
  arn: attribute('Arn'),
  delaySeconds: config.DelaySeconds,
  visibilityTimeoutSeconds: config.VisibilityTimeout,
  retentionSeconds: config.MessageRetentionPeriod,
  ...(config.RedrivePolicy && {
    redrive: {
      deadLetterQueueArn: config.RedrivePolicy.deadLetterTargetArn,
      receiveCountMax: config.RedrivePolicy.maxReceiveCount,
    },
  }),
});

/** A message that is moved to a queue that nobody has is lost. */
const checkRedrive = (queues: readonly QueueConfig[], { arn, redrive }: QueueConfig): void => {
  if (redrive === undefined || queues.some((queue) => queue.arn === redrive.deadLetterQueueArn)) return;
  throw new TemplateError(`${arn} gives up messages to ${redrive.deadLetterQueueArn}, which is not in the template.`);
};

/** The queues of the template. */
export const planQueues = (template: Template): readonly QueueConfig[] => {
  const queues = template.all('AWS::SQS::Queue').map(planQueue);
  for (const queue of queues) checkRedrive(queues, queue);
  return queues;
};

export interface ConsumerPlan extends ConsumerConfig {
  readonly queueArn: string;
  /** Name or ARN. */
  readonly functionName: string;
}

/** Lambda's pollers work on five batches at once before they scale out. */
const concurrencyDefault = 5;

/** As Lambda refuses to make such a mapping: messages would come again while they are worked on. */
const checkVisibility = (template: Template, { queueArn, functionName }: ConsumerPlan): void => {
  const queue = template.all('AWS::SQS::Queue').find(({ attribute }) => attribute('Arn') === queueArn);
  const lambda = findFunction(template, functionName);
  if (queue === undefined || lambda === undefined) return;
  const [visible, timeout] = [queue.config.VisibilityTimeout, lambda.config.Timeout];
  if (visible >= timeout) return;
  throw new TemplateError(
    `The visibility timeout of ${queueArn}, ${visible} s, is less than the timeout of ${functionName}, ${timeout} s.`,
  );
};

const planConsumer = ({ config, region }: ResourceOf<'AWS::Lambda::EventSourceMapping'>): ConsumerPlan => ({
  region,
  queueArn: config.EventSourceArn,
  functionName: config.FunctionName,
  batchSize: config.BatchSize,
  batchWindowSeconds: config.MaximumBatchingWindowInSeconds,
  concurrencyMax: config.ScalingConfig?.MaximumConcurrency ?? concurrencyDefault,
  reportBatchItemFailures: config.FunctionResponseTypes.includes('ReportBatchItemFailures'),
});

/** The event source mappings of the template that are switched on. */
export const planConsumers = (template: Template): readonly ConsumerPlan[] => {
  const mappings = template.all('AWS::Lambda::EventSourceMapping').filter(({ config }) => config.Enabled);
  const plans = mappings.map(planConsumer);
  for (const plan of plans) checkVisibility(template, plan);
  return plans;
};
