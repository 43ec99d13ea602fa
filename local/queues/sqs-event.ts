import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Invocation } from '../functions/types.ts';
import type { StoredMessage } from './store.ts';

/** The event a function gets for a batch of messages (Lambda developer guide, "Using Lambda with Amazon SQS"). */
export const sqsEvent = (batch: readonly StoredMessage[], queueArn: string, region: string) => ({
  Records: batch.map(({ messageId, receiptHandle, body, sentAt, receiveCount, firstReceivedAt }) => ({
    messageId,
    receiptHandle,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  })),
});

const BatchResponse = z.object({
  batchItemFailures: z.nullish(z.array(z.object({ itemIdentifier: z.string() }))),
});

/**
 * The messages that failed. Where failures are reported, an empty answer means none, and an answer of another shape or
 * with an unknown id means all (Lambda developer guide, "Implementing partial batch responses").
 */
export const failedMessageIds = (
  outcome: Invocation,
  batch: readonly StoredMessage[],
  reportBatchItemFailures: boolean,
): ReadonlySet<string> => {
  const all = new Set(batch.map(({ messageId }) => messageId));
  if (!outcome.ok) return all;
  if (!reportBatchItemFailures || outcome.payload === null) return new Set();
  const response = BatchResponse.safeParse(outcome.payload);
  if (!response.success) return all;
  const failed = new Set((response.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  return [...failed].every((messageId) => all.has(messageId)) ? failed : all;
};
