import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QueueConfig } from '../../../local/queues/queue.ts';
import { openQueues, type Queues } from '../../../local/queues/queues.ts';
import { movableClock } from '../../support/clock.ts';

const arn = 'arn:aws:sqs:eu-west-1:111122223333:uploads';
const deadArn = 'arn:aws:sqs:eu-west-1:111122223333:uploads-dead';
const dead: QueueConfig = { arn: deadArn, delaySeconds: 0, visibilityTimeoutSeconds: 30, retentionSeconds: 1_209_600 };
const uploads: QueueConfig = {
  ...dead,
  arn,
  retentionSeconds: 345_600,
  redrive: { deadLetterQueueArn: deadArn, receiveCountMax: 2 },
};

let directory: string;
let clock: ReturnType<typeof movableClock>;
let queues: Queues;

const open = (config: QueueConfig = uploads) => openQueues([config, dead], join(directory, 'queues.sqlite'), clock);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealdrop-queues-'));
  clock = movableClock();
  queues = open();
});

afterEach(() => {
  queues.close();
  rmSync(directory, { recursive: true });
});

const bodies = (messages: readonly { readonly body: string }[]) => messages.map(({ body }) => body);

describe('a queue', () => {
  it('gives messages oldest first, at most as many as asked for', () => {
    const queue = queues.get(arn);
    for (const body of ['a', 'b', 'c']) queue.send(body);

    expect(bodies(queue.receive(2))).toEqual(['a', 'b']);
    expect(bodies(queue.receive(2))).toEqual(['c']);
  });

  it('hides a received message until its visibility timeout is over, then counts another receive', () => {
    const queue = queues.get(arn);
    queue.send('a');
    const [first] = queue.receive(1);
    clock.advance(29_999);
    expect(queue.receive(1)).toEqual([]);
    clock.advance(1);

    const [second] = queue.receive(1);

    expect(first).toMatchObject({ receiveCount: 1 });
    expect(second).toMatchObject({
      messageId: first?.messageId,
      receiveCount: 2,
      firstReceivedAt: first?.firstReceivedAt,
    });
    expect(second?.receiptHandle).not.toBe(first?.receiptHandle);
  });

  it('deletes by the last receipt handle only', () => {
    const queue = queues.get(arn);
    queue.send('a');
    const [first] = queue.receive(1);
    clock.advance(30_000);
    const [second] = queue.receive(1);

    queue.delete(first?.receiptHandle ?? '');
    expect(queue.size()).toBe(1);
    queue.delete(second?.receiptHandle ?? '');
    expect(queue.size()).toBe(0);
  });

  it('moves a message to the dead-letter queue after its last allowed receive', () => {
    const queue = queues.get(arn);
    queue.send('poison');
    for (let count = 0; count < 2; count += 1) {
      expect(bodies(queue.receive(1))).toEqual(['poison']);
      clock.advance(30_000);
    }

    expect(queue.receive(1)).toEqual([]);
    expect(queue.size()).toBe(0);
    expect(bodies(queues.get(deadArn).receive(1))).toEqual(['poison']);
  });

  it('keeps a message through a restart and gives it at once, also one that was being handled', () => {
    queues.get(arn).send('held');
    queues.get(arn).receive(1);
    queues.get(arn).send('sent');
    queues.close();

    queues = open();

    const messages = queues.get(arn).receive(10);
    expect(bodies(messages)).toEqual(['held', 'sent']);
    expect(messages.map(({ receiveCount }) => receiveCount)).toEqual([2, 1]);
  });

  it('does not release a delayed message at a restart', () => {
    queues.close();
    queues = open({ ...uploads, delaySeconds: 60 });
    queues.get(arn).send('later');
    queues.close();
    queues = open();

    expect(queues.get(arn).receive(1)).toEqual([]);
    clock.advance(60_000);
    expect(bodies(queues.get(arn).receive(1))).toEqual(['later']);
  });

  it('forgets a message after its retention period', () => {
    const queue = queues.get(arn);
    queue.send('old');
    clock.advance(345_600_000);

    expect(queue.receive(1)).toEqual([]);
    expect(queue.size()).toBe(0);
  });

  it('refuses a queue that the template does not have', () => {
    expect(() => queues.get(`${arn}-other`)).toThrow('There is no queue');
  });
});
