import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { Connection } from './connect.ts';

export interface DeadLetters {
  readonly arn: string;
  readonly visible: number;
  /** Someone has received them and not given them back yet: they are not moved. */
  readonly held: number;
}

export const lookAt = async ({ client, account }: Connection, queueName: string): Promise<DeadLetters> => {
  const { QueueUrl } = await client.send(
    new GetQueueUrlCommand({ QueueName: queueName, QueueOwnerAWSAccountId: account }),
  );
  const { Attributes: { QueueArn = '', ...counts } = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return {
    arn: QueueArn,
    visible: Number(counts.ApproximateNumberOfMessages),
    held: Number(counts.ApproximateNumberOfMessagesNotVisible),
  };
};

const latestTask = async (
  client: SQSClient,
  SourceArn: string,
): Promise<ListMessageMoveTasksResultEntry | undefined> => {
  const { Results = [] } = await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
  return Results[0];
};

const isUnderWay = (task: ListMessageMoveTasksResultEntry | undefined): boolean =>
  task?.Status === 'RUNNING' || task?.Status === 'CANCELLING';

export interface Moved {
  readonly status: string;
  readonly count: number;
  readonly failureReason: string | undefined;
}

export type Wait = (milliseconds: number) => Promise<unknown>;

const pauseMs = 1000;

/** SQS may need a moment until it tells of a task that it has begun. */
const looksMax = 30;

/**
 * Moves dead letters back to the queue they come from and waits until that is done. SQS does it by itself: who ends
 * this command ends nothing, and who starts it again follows the task that is under way, for a queue has one at most.
 */
export const moveBack = async (client: SQSClient, SourceArn: string, wait: Wait): Promise<Moved> => {
  const before = await latestTask(client, SourceArn);
  const follows = isUnderWay(before);
  if (!follows) await client.send(new StartMessageMoveTaskCommand({ SourceArn }));
  let task = await latestTask(client, SourceArn);
  const isNews = () => follows || task?.StartedTimestamp !== before?.StartedTimestamp;
  for (let looks = 1; isUnderWay(task) || (!isNews() && looks < looksMax); looks += 1) {
    await wait(pauseMs);
    task = await latestTask(client, SourceArn);
  }
  if (!isNews()) return { status: 'UNKNOWN', count: 0, failureReason: 'SQS does not tell of it' };
  return {
    status: task?.Status ?? 'UNKNOWN',
    count: Number(task?.ApproximateNumberOfMessagesMoved ?? 0),
    failureReason: task?.FailureReason,
  };
};
