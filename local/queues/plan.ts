import type { ResourceOf, Template } from '../template/template.ts';
import type { ConsumerConfig } from './consumer.ts';
import type { QueueConfig } from './queue.ts';

/** The queues of the template. */
export const planQueues = (template: Template): readonly QueueConfig[] =>
  template.all('AWS::SQS::Queue').map(({ config, attribute }) => ({
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
  }));

export interface ConsumerPlan extends ConsumerConfig {
  readonly queueArn: string;
  /** Name or ARN. */
  readonly functionName: string;
}

/** Lambda's pollers work on five batches at once before they scale out. */
const concurrencyDefault = 5;

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
export const planConsumers = (template: Template): readonly ConsumerPlan[] =>
  template
    .all('AWS::Lambda::EventSourceMapping')
    .filter(({ config }) => config.Enabled)
    .map(planConsumer);
