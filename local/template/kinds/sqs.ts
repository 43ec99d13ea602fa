import * as z from 'zod/mini';
import { arn, emulated, generatedId, noEffect, notRun, physicalName } from '../kind.ts';

const queueName = physicalName('QueueName', 80);

/**
 * AWS::SQS::Queue, standard queues only. Defaults are those of the CloudFormation reference. Encryption changes nothing
 * here: messages lie in the data folder in plain.
 */
export const sqsQueue = emulated({
  ref: (context) => `https://sqs.${context.region}.amazonaws.com/${context.account}/${queueName(context)}`,
  attributes: { Arn: arn('sqs', queueName), QueueName: queueName },
  properties: z.strictObject({
    QueueName: z.optional(z.string()),
    DelaySeconds: z._default(z.int(), 0),
    MessageRetentionPeriod: z._default(z.int(), 345_600),
    VisibilityTimeout: z._default(z.int(), 30),
    RedrivePolicy: z.optional(z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.int() })),
    KmsDataKeyReusePeriodSeconds: noEffect,
    KmsMasterKeyId: notRun('data lies in the data folder as it is'),
    ReceiveMessageWaitTimeSeconds: noEffect,
    SqsManagedSseEnabled: notRun('data lies in the data folder as it is'),
    Tags: noEffect,
  }),
});

/** AWS::SQS::QueuePolicy. Checked at start: S3 must be allowed to send where it notifies. */
export const sqsQueuePolicy = emulated({
  ref: generatedId,
  properties: z.strictObject({
    Queues: z.array(z.string()),
    PolicyDocument: z.looseObject({ Statement: z.unknown() }),
  }),
});
