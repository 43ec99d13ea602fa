import { GetQueueAttributesCommand, GetQueueUrlCommand, ListMessageMoveTasksCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, dead, other, startSqs, work } from './support/sqs.ts';

let sqs: Awaited<ReturnType<typeof startSqs>>;

beforeEach(async () => {
  sqs = await startSqs();
});
afterEach(() => sqs.close());

describe('the local SQS', () => {
  it('tells the URL of a queue, and by it what is in it', async () => {
    sqs.queues.get(dead).send('one');
    sqs.queues.get(dead).send('two');
    sqs.queues.get(dead).receive(1);

    const { QueueUrl } = await sqs.client().send(new GetQueueUrlCommand({ QueueName: 'work-dead' }));
    expect(QueueUrl).toBe(`${sqs.origin}/${account}/work-dead`);
    const { Attributes } = await sqs
      .client()
      .send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({
      QueueArn: dead,
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      VisibilityTimeout: '30',
    });
    expect(Attributes).not.toHaveProperty('RedrivePolicy');
  });

  it('moves dead letters back to where they come from, as new messages, and tells of it', async () => {
    for (let count = 1; count <= 23; count += 1) sqs.queues.get(dead).send(`message ${count}`);

    expect((await sqs.move(dead)).TaskHandle).toMatch(/.+/);
    expect([sqs.queues.get(dead).size(), sqs.queues.get(work).size()]).toEqual([0, 23]);
    const [first] = sqs.queues.get(work).receive(1);
    expect(first).toMatchObject({ body: 'message 1', receiveCount: 1 });
    const { Results } = await sqs.client().send(new ListMessageMoveTasksCommand({ SourceArn: dead }));
    expect(Results).toEqual([
      expect.objectContaining({ Status: 'COMPLETED', SourceArn: dead, ApproximateNumberOfMessagesMoved: 23 }),
    ]);
  });

  it('leaves alone what someone holds', async () => {
    sqs.queues.get(dead).send('held');
    sqs.queues.get(dead).receive(1);

    await sqs.move(dead);

    expect([sqs.queues.get(dead).size(), sqs.queues.get(work).size()]).toEqual([1, 0]);
  });

  it('moves them elsewhere where that is asked for', async () => {
    sqs.queues.get(dead).send('one');

    await sqs.move(dead, other);

    expect([sqs.queues.get(work).size(), sqs.queues.get(other).receive(1)]).toMatchObject([0, [{ body: 'one' }]]);
  });

  it('wakes whoever waits for messages of the queue', async () => {
    let sent = 0;
    sqs.queues.get(work).onSent(() => (sent += 1));
    sqs.queues.get(dead).send('one');

    await sqs.move(dead);

    expect(sent).toBe(1);
  });

  it('asks for all the rights that a redrive needs, of both queues', async () => {
    await sqs.move(dead);

    expect(sqs.asked.map(({ action, resource }) => [action, resource])).toEqual([
      ['sqs:StartMessageMoveTask', dead],
      ['sqs:ReceiveMessage', dead],
      ['sqs:DeleteMessage', dead],
      ['sqs:GetQueueAttributes', dead],
      ['sqs:SendMessage', work],
    ]);
  });

  it('moves nothing for who may not send to the queue', async () => {
    sqs.queues.get(dead).send('one');
    sqs.denied.add('sqs:SendMessage');

    await expect(sqs.move(dead)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`is not authorized to perform: sqs:SendMessage on resource: ${work}`),
    });
    expect(sqs.queues.get(dead).size()).toBe(1);
  });
});
