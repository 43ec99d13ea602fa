import {
  CancelMessageMoveTaskCommand,
  GetQueueUrlCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, arnOf, credentials, dead, other, startSqs, work } from './support/sqs.ts';

let sqs: Awaited<ReturnType<typeof startSqs>>;

beforeEach(async () => {
  sqs = await startSqs();
});
afterEach(() => sqs.close());

describe('the local SQS', () => {
  it.each([
    [
      'a queue that is nobody’s dead letters',
      () => sqs.move(other),
      'InvalidParameterValueException',
      /Dead Letter Queue/,
    ],
    ['a source that is not there', () => sqs.move(arnOf('none')), 'ResourceNotFoundException', /SourceArn/],
    [
      'a destination that is not there',
      () => sqs.move(dead, arnOf('none')),
      'ResourceNotFoundException',
      /DestinationArn/,
    ],
    [
      'a name that is not there',
      () => sqs.client().send(new GetQueueUrlCommand({ QueueName: 'none' })),
      'QueueDoesNotExist',
      /does not exist/,
    ],
    [
      'a queue of another account',
      () => sqs.client().send(new GetQueueUrlCommand({ QueueName: 'work', QueueOwnerAWSAccountId: '999999999999' })),
      'QueueDoesNotExist',
      /does not exist/,
    ],
    [
      'a limit of speed',
      () => sqs.client().send(new StartMessageMoveTaskCommand({ SourceArn: dead, MaxNumberOfMessagesPerSecond: 1 })),
      'InvalidParameterValueException',
      /MaxNumberOfMessagesPerSecond/,
    ],
    [
      'what it does not do',
      () => sqs.client().send(new SendMessageCommand({ QueueUrl: `${sqs.origin}/${account}/work`, MessageBody: 'x' })),
      'UnknownOperationException',
      /AmazonSQS\.SendMessage/,
    ],
    [
      'to cancel, for nothing is under way',
      () => sqs.client().send(new CancelMessageMoveTaskCommand({ TaskHandle: 'x' })),
      'UnknownOperationException',
      /AmazonSQS\.CancelMessageMoveTask/,
    ],
    [
      'keys that are not its operator’s',
      () =>
        sqs
          .client({ credentials: { ...credentials, accessKeyId: 'AKIAI44QH8DHBEXAMPLE' } })
          .send(new GetQueueUrlCommand({ QueueName: 'work' })),
      'UnrecognizedClientException',
      /security token/,
    ],
    [
      'a wrong secret',
      () =>
        sqs
          .client({ credentials: { ...credentials, secretAccessKey: 'wrong' } })
          .send(new GetQueueUrlCommand({ QueueName: 'work' })),
      'InvalidSignatureException',
      /does not match/,
    ],
  ])('refuses %s', async (_, call, name, message) => {
    await expect(call()).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    expect([sqs.queues.get(work).size(), sqs.queues.get(dead).size()]).toEqual([0, 0]);
  });
});
