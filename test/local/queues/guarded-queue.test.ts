import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Consumer, startConsumer } from '../../../local/queues/consumer.ts';
import { guardQueue } from '../../../local/queues/guarded-queue.ts';
import { openQueues, type Queues } from '../../../local/queues/queues.ts';
import { pollerActions } from '../../../local/roles/queue-calls.ts';
import { movableClock } from '../../support/clock.ts';

const arn = 'arn:aws:sqs:eu-west-1:111122223333:uploads';
const config = {
  region: 'eu-west-1',
  batchSize: 10,
  batchWindowSeconds: 0,
  concurrencyMax: 2,
  reportBatchItemFailures: false,
};

let directory: string;
let queues: Queues;
let consumer: Consumer;
let refused: string | undefined;
let handled: number;
const faults: string[] = [];
const clock = movableClock();

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealdrop-guarded-'));
  const settings = { arn, delaySeconds: 0, visibilityTimeoutSeconds: 30, retentionSeconds: 345_600 };
  queues = openQueues([settings], join(directory, 'queues.sqlite'), clock);
  handled = 0;
  refused = undefined;
  faults.length = 0;
  const queue = guardQueue(queues.get(arn), (action) => {
    if (action === refused) throw new Error(`may not ${action}`);
  });
  const invoke = async () => {
    handled++;
    return { ok: true as const, payload: null };
  };
  consumer = startConsumer(config, queue, invoke, clock, (what, cause) => faults.push(`${what}: ${cause}`));
});

afterEach(async () => {
  await consumer.close();
  queues.close();
  rmSync(directory, { recursive: true });
});

describe('a poller whose function has lost a right', () => {
  it.each(pollerActions)(
    'says so without %s, keeps the message, and goes on when the right is back',
    async (action) => {
      refused = action;
      queues.get(arn).send('a');
      await vi.waitUntil(() => faults.length > 0);
      expect(faults[0]).toMatch(new RegExp(`${arn} could not be .*: Error: may not ${action}`));
      expect(queues.get(arn).size()).toBe(1);
      // Only the last of its three calls comes after the function.
      expect(handled).toBe(action === 'sqs:DeleteMessage' ? 1 : 0);

      refused = undefined;
      clock.advance(30_000);
      consumer.wake();
      await vi.waitUntil(() => queues.get(arn).size() === 0);
      expect(handled).toBe(action === 'sqs:DeleteMessage' ? 2 : 1);
    },
  );

  it('is tried again by itself', async () => {
    refused = 'sqs:ReceiveMessage';
    queues.get(arn).send('a');
    await vi.waitUntil(() => faults.length > 1);
    refused = undefined;
    await vi.waitUntil(() => queues.get(arn).size() === 0);
    expect(handled).toBe(1);
  });
});
