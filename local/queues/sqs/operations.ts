import * as z from 'zod/mini';
import { type Refusal, refuse } from '../../aws-json/refusal.ts';
import type { JsonObject } from '../../template/json.ts';
import type { Queue } from '../queue.ts';
import type { MoveTasks } from './move-tasks.ts';

export interface QueueWorld {
  readonly queues: readonly Queue[];
  readonly tasks: MoveTasks;
  /** `http://127.0.0.1:PORT`, with which the URLs of queues begin. */
  readonly origin: string;
}

/** A call that was understood: what it wants to do with which queues, and how it is done. */
export interface Call {
  readonly rights: readonly { readonly action: string; readonly queue: Queue }[];
  run(): JsonObject | Refusal;
}

export type Operation = (parameters: unknown, world: QueueWorld) => Call | Refusal;

export const queueNameOf = ({ config }: Queue): string => config.arn.slice(config.arn.lastIndexOf(':') + 1);

const accountOf = ({ config }: Queue): string => config.arn.split(':')[4] ?? '';

const noSuchQueue = refuse('QueueDoesNotExist', 'The specified queue does not exist.');
const noSuchResource = (parameter: string) =>
  refuse('ResourceNotFoundException', `The resource that you specified for the ${parameter} parameter doesn't exist.`);
const invalid = (message: string) => refuse('InvalidParameterValueException', message);

/** What of the parameters is wrong, or not done here: parameters that are not known are never left out silently. */
const parsed = <Schema extends z.ZodMiniType>(
  schema: Schema,
  work: (input: z.infer<Schema>, world: QueueWorld) => Call | Refusal,
): Operation => {
  return (parameters, world) => {
    const input = schema.safeParse(parameters);
    if (input.success) return work(input.data, world);
    const [issue] = input.error.issues;
    const where = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.');
    return invalid(`The local SQS does not take the parameter ${where}.`);
  };
};

const byUrl = ({ queues }: QueueWorld, url: string): Queue | undefined => {
  const path = URL.parse(url)?.pathname;
  return queues.find((queue) => path === `/${accountOf(queue)}/${queueNameOf(queue)}`);
};

const byArn = ({ queues }: QueueWorld, arn: string): Queue | undefined =>
  queues.find(({ config }) => config.arn === arn);

const attributesOf = (queue: Queue): Record<string, string> => {
  const { arn, visibilityTimeoutSeconds, delaySeconds, retentionSeconds, redrive } = queue.config;
  const { visible } = queue.peek();
  return {
    QueueArn: arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(queue.size() - visible),
    VisibilityTimeout: String(visibilityTimeoutSeconds),
    DelaySeconds: String(delaySeconds),
    MessageRetentionPeriod: String(retentionSeconds),
    ...(redrive && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: redrive.deadLetterQueueArn,
        maxReceiveCount: redrive.receiveCountMax,
      }),
    }),
  };
};

const getQueueUrl = parsed(
  z.strictObject({ QueueName: z.string(), QueueOwnerAWSAccountId: z.optional(z.string()) }),
  ({ QueueName: name, QueueOwnerAWSAccountId: account }, { queues, origin }) => {
    const queue = queues.find((each) => queueNameOf(each) === name && (account ?? accountOf(each)) === accountOf(each));
    if (queue === undefined) return noSuchQueue;
    return {
      rights: [{ action: 'sqs:GetQueueUrl', queue }],
      run: () => ({ QueueUrl: `${origin}/${accountOf(queue)}/${name}` }),
    };
  },
);

const getQueueAttributes = parsed(
  z.strictObject({ QueueUrl: z.string(), AttributeNames: z._default(z.array(z.string()), []) }),
  ({ QueueUrl, AttributeNames: wanted }, world) => {
    const queue = byUrl(world, QueueUrl);
    if (queue === undefined) return noSuchQueue;
    const attributes = attributesOf(queue);
    const unknown = wanted.find((name) => name !== 'All' && name !== 'RedrivePolicy' && !(name in attributes));
    if (unknown !== undefined) return refuse('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    const told = Object.entries(attributes).filter(([name]) => wanted.includes('All') || wanted.includes(name));
    return {
      rights: [{ action: 'sqs:GetQueueAttributes', queue }],
      run: () => ({ Attributes: Object.fromEntries(told) }),
    };
  },
);

/** The rights are those of the developer guide, "Amazon SQS dead-letter queue redrive permissions". */
const startMessageMoveTask = parsed(
  z.strictObject({ SourceArn: z.string(), DestinationArn: z.optional(z.string()) }),
  ({ SourceArn, DestinationArn }, world) => {
    const source = byArn(world, SourceArn);
    if (source === undefined) return noSuchResource('SourceArn');
    const origins = world.queues.filter(({ config }) => config.redrive?.deadLetterQueueArn === SourceArn);
    if (origins.length === 0) return invalid('Source queue must be configured as a Dead Letter Queue.');
    // Messages do not remember where they came from.
    const destination = DestinationArn === undefined ? origins[0] : byArn(world, DestinationArn);
    if (destination === undefined) return noSuchResource('DestinationArn');
    if (DestinationArn === undefined && origins.length > 1)
      return refuse('UnsupportedOperation', 'Several queues give up messages to this one. Say which is meant.');
    return {
      rights: [
        ...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => ({
          action: `sqs:${action}`,
          queue: source,
        })),
        { action: 'sqs:SendMessage', queue: destination },
      ],
      run: () => ({ TaskHandle: world.tasks.run(source, destination, DestinationArn !== undefined) }),
    };
  },
);

const listMessageMoveTasks = parsed(
  z.strictObject({ SourceArn: z.string(), MaxResults: z._default(z.int().check(z.minimum(1), z.maximum(10)), 1) }),
  ({ SourceArn, MaxResults }, world) => {
    const source = byArn(world, SourceArn);
    if (source === undefined) return noSuchResource('SourceArn');
    return {
      rights: [{ action: 'sqs:ListMessageMoveTasks', queue: source }],
      run: () => ({ Results: world.tasks.list(SourceArn).slice(0, MaxResults) }),
    };
  },
);

/** What redriving needs. Everything else is refused by name. */
export const operations: Readonly<Record<string, Operation>> = {
  GetQueueUrl: getQueueUrl,
  GetQueueAttributes: getQueueAttributes,
  StartMessageMoveTask: startMessageMoveTask,
  ListMessageMoveTasks: listMessageMoveTasks,
};
