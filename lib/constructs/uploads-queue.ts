import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption, QueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { functionSettings } from '../function-settings.ts';
import { verifier } from '../names.ts';
import { allowPrincipal, deny } from '../policies/statement.ts';

/** F8: tries before a message counts as poison. F7: five or more, or a throttled minute fills the dead letters. */
const receiveCountMax = 5;

/**
 * What S3 created, for the verifier, with its dead letters. SQS's own key encrypts in every environment: messages
 * hold object keys, which hold ids only, and S3 can send to it without a key policy.
 */
export class UploadsQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** S3 checks it when the bucket is created: the bucket has to wait for it. */
  readonly policy: QueuePolicy;

  constructor(scope: Construct, id: string, { bucketArn }: { readonly bucketArn: string }) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      // F7: Lambda's guide asks for six times the function's timeout.
      visibilityTimeout: Duration.seconds(6 * functionSettings[verifier].timeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: receiveCountMax },
    });
    this.policy = tlsOnly(this.queue, 'QueuePolicy');
    this.policy.document.addStatements(
      allowPrincipal(new ServicePrincipal('s3.amazonaws.com'), {
        sid: 'AllowDocumentsBucket',
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: {
          ArnEquals: { 'aws:SourceArn': bucketArn },
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
        },
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
