import type { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption, QueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FunctionName } from '../../contract/functions.ts';
import type { QueueName } from '../../contract/queues.ts';
import type { Environment } from '../environment.ts';
import { functionSettings } from '../function-settings.ts';
import { names } from '../names.ts';
import { allowPrincipal, deny } from '../policies/statement.ts';

/** F8: tries before a message counts as poison. F7: five or more, or a throttled minute fills the dead letters. */
const receiveCountMax = 5;

export interface WorkQueueProps {
  readonly environment: Environment;
  readonly name: QueueName;
  /** The function that its messages are for. */
  readonly consumer: FunctionName;
  /** The service that sends, and what of it. */
  readonly sender: {
    readonly principal: IPrincipal;
    readonly conditions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
}

/**
 * Events for a function, with their dead letters. SQS's own key encrypts in every environment: messages hold object
 * keys, which hold ids only, and services can send to it without a key policy.
 */
export class WorkQueue extends Construct {
  readonly name: QueueName;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** S3 checks it when the bucket is created: the bucket has to wait for it. */
  readonly policy: QueuePolicy;

  constructor(scope: Construct, id: string, { environment, name, consumer, sender }: WorkQueueProps) {
    super(scope, id);
    this.name = name;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      queueName: names.deadLetters(environment, name),
      encryption: QueueEncryption.SQS_MANAGED,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      queueName: names.queue(environment, name),
      encryption: QueueEncryption.SQS_MANAGED,
      // F7: Lambda's guide asks for six times the function's timeout.
      visibilityTimeout: Duration.seconds(6 * functionSettings[consumer].timeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: receiveCountMax },
    });
    this.policy = tlsOnly(this.queue, 'QueuePolicy');
    this.policy.document.addStatements(
      allowPrincipal(sender.principal, {
        sid: 'AllowSender',
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: sender.conditions,
      }),
    );
    tlsOnly(this.deadLetters, 'DeadLettersPolicy');
  }
}

function tlsOnly(queue: Queue, id: string): QueuePolicy {
  const policy = new QueuePolicy(queue, id, { queues: [queue] });
  policy.document.addStatements(
    deny({
      sid: 'DenyPlainHttp',
      actions: ['sqs:*'],
      resources: [queue.queueArn],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
  return policy;
}
