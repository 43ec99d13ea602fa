import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { run } from './support/run.ts';

const sqs = mockClient(SQSClient);
const arn = 'arn:aws:sqs:eu-central-1:111122223333:sealdrop-dev-uploads-dead-letters';

const holds = (visible: number, held = 0) =>
  sqs.on(GetQueueUrlCommand).resolves({ QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/111122223333/x' }) &&
  sqs.on(GetQueueAttributesCommand).resolves({
    Attributes: {
      QueueArn: arn,
      ApproximateNumberOfMessages: `${visible}`,
      ApproximateNumberOfMessagesNotVisible: `${held}`,
    },
  });

beforeEach(() => void sqs.reset());

describe('the command redrive', () => {
  it('asks for the queues of the account that the environment has', async () => {
    holds(0);

    expect(await run('--stage', 'dev')).toMatchObject({
      exitCode: 0,
      said: ['uploads: 0 dead letters', 'scan-results: 0 dead letters'],
    });
    expect(sqs.commandCalls(GetQueueUrlCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { QueueName: 'sealdrop-dev-uploads-dead-letters', QueueOwnerAWSAccountId: '111122223333' },
      { QueueName: 'sealdrop-dev-scan-results-dead-letters', QueueOwnerAWSAccountId: '111122223333' },
    ]);
    expect(sqs.commandCalls(StartMessageMoveTaskCommand)).toEqual([]);
  });

  it('moves nothing in a dry run, and tells of what someone holds', async () => {
    holds(3, 1);

    const { exitCode, said } = await run('--stage', 'dev', '--queue', 'uploads', '--dry-run');

    expect([exitCode, said]).toEqual([0, ['uploads: 3 dead letters, and 1 that someone is looking at']]);
    expect(sqs.commandCalls(StartMessageMoveTaskCommand)).toEqual([]);
  });

  it('has SQS move them to where they come from, and waits for the end of it', async () => {
    holds(3);
    const earlier = { Status: 'COMPLETED', StartedTimestamp: 1, ApproximateNumberOfMessagesMoved: 9 };
    const own = { StartedTimestamp: 2, ApproximateNumberOfMessagesMoved: 3 };
    sqs
      .on(ListMessageMoveTasksCommand)
      // SQS may need a moment until it tells of a new task.
      .resolvesOnce({ Results: [earlier] })
      .resolvesOnce({ Results: [earlier] })
      .resolvesOnce({ Results: [{ ...own, Status: 'RUNNING' }] })
      .resolves({ Results: [{ ...own, Status: 'COMPLETED' }] });

    expect(await run('--stage', 'dev', '--queue', 'uploads')).toMatchObject({
      exitCode: 0,
      said: ['uploads: 3 dead letters', 'uploads: moved 3 dead letters back'],
    });
    expect(sqs.commandCalls(StartMessageMoveTaskCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { SourceArn: arn },
    ]);
  });

  it('follows a move that is under way, and begins no other', async () => {
    holds(3);
    const task = { StartedTimestamp: 1, ApproximateNumberOfMessagesMoved: 3 };
    sqs
      .on(ListMessageMoveTasksCommand)
      .resolvesOnce({ Results: [{ ...task, Status: 'RUNNING' }] })
      .resolves({ Results: [{ ...task, Status: 'COMPLETED' }] });

    expect(await run('--stage', 'dev', '--queue', 'uploads')).toMatchObject({ exitCode: 0 });
    expect(sqs.commandCalls(StartMessageMoveTaskCommand)).toEqual([]);
  });

  it('fails where the move does, says why, and tries the next queue all the same', async () => {
    holds(3);
    sqs
      .on(ListMessageMoveTasksCommand)
      .resolvesOnce({ Results: [] })
      .resolvesOnce({ Results: [{ Status: 'FAILED', StartedTimestamp: 1, FailureReason: 'AccessDenied' }] })
      .resolvesOnce({ Results: [] })
      .resolves({ Results: [{ Status: 'COMPLETED', StartedTimestamp: 2, ApproximateNumberOfMessagesMoved: 3 }] });

    const { exitCode, said, complaints } = await run('--stage', 'dev');

    expect(exitCode).toBe(1);
    expect(complaints).toEqual(['uploads: after 0 dead letters the move ended as FAILED: AccessDenied.']);
    expect(said).toContain('scan-results: moved 3 dead letters back');
  });

  it('fails where SQS never tells of the move', async () => {
    holds(1);
    sqs.on(ListMessageMoveTasksCommand).resolves({ Results: [] });

    const { exitCode, complaints } = await run('--stage', 'dev', '--queue', 'uploads');

    expect([exitCode, complaints]).toEqual([
      1,
      ['uploads: after 0 dead letters the move ended as UNKNOWN: SQS does not tell of it.'],
    ]);
  });
});
