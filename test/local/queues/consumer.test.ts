import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Invocation } from '../../../local/functions/types.ts';
import { type Consumer, type ConsumerConfig, startConsumer } from '../../../local/queues/consumer.ts';
import { openQueues, type Queues } from '../../../local/queues/queues.ts';
import { movableClock } from '../../support/clock.ts';

const arn = 'arn:aws:sqs:eu-west-1:111122223333:uploads';
const config: ConsumerConfig = {
  region: 'eu-west-1',
  batchSize: 10,
  batchWindowSeconds: 0,
  concurrencyMax: 2,
  reportBatchItemFailures: true,
};

interface Batch {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

let directory: string;
let clock: ReturnType<typeof movableClock>;
let queues: Queues;
let consumer: Consumer | undefined;
let faults: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealdrop-consumer-'));
  clock = movableClock();
  faults = [];
  queues = openQueues(
    [{ arn, delaySeconds: 0, visibilityTimeoutSeconds: 30, retentionSeconds: 345_600 }],
    join(directory, 'queues.sqlite'),
    clock,
  );
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await consumer?.close();
  queues.close();
  rmSync(directory, { recursive: true });
});

/** Starts a consumer whose function answers with `answer`; gives the batches as the function saw them. */
const start = (answer: (batch: Batch) => Invocation | Promise<Invocation>, overrides: Partial<ConsumerConfig> = {}) => {
  const batches: Batch[] = [];
  const started = startConsumer(
    { ...config, ...overrides },
    queues.get(arn),
    async (event) => {
      batches.push(event as Batch);
      return answer(event as Batch);
    },
    clock,
    (what, cause) => faults.push(`${what}: ${cause}`),
  );
  consumer = started;
  return { batches, settled: () => started.close(), wake: () => started.wake() };
};

const bodies = (batch: Batch | undefined) => batch?.Records.map(({ body }) => body);

describe('an event source mapping', () => {
  it('hands over a batch in the documented shape and deletes what succeeded', async () => {
    queues.get(arn).send('a');
    const { batches, settled } = start(() => ({ ok: true, payload: { batchItemFailures: [] } }));
    await settled();

    expect(batches).toEqual([
      {
        Records: [
          {
            messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
            receiptHandle: expect.any(String),
            body: 'a',
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: String(clock.now().getTime()),
              SenderId: 'local',
              ApproximateFirstReceiveTimestamp: String(clock.now().getTime()),
            },
            messageAttributes: {},
            md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
            eventSource: 'aws:sqs',
            eventSourceARN: arn,
            awsRegion: 'eu-west-1',
          },
        ],
      },
    ]);
    expect(queues.get(arn).size()).toBe(0);
  });

  it('wakes up when a message is sent', async () => {
    const { promise, resolve } = Promise.withResolvers<Batch>();
    start((batch) => {
      resolve(batch);
      return { ok: true, payload: null };
    });

    queues.get(arn).send('a');

    expect(bodies(await promise)).toEqual(['a']);
  });

  it('keeps exactly the messages that the function reports', async () => {
    for (const body of ['a', 'b', 'c']) queues.get(arn).send(body);
    const { settled } = start(({ Records }) => ({
      ok: true,
      payload: { batchItemFailures: [{ itemIdentifier: Records[1]?.messageId }] },
    }));
    await settled();
    clock.advance(30_000);

    expect(queues.get(arn).receive(10)).toMatchObject([{ body: 'b', receiveCount: 2 }]);
  });

  it.each<[string, Invocation]>([
    ['the function fails', { ok: false, error: { errorType: 'Error', errorMessage: 'broken' } }],
    ['it reports an unknown message', { ok: true, payload: { batchItemFailures: [{ itemIdentifier: 'other' }] } }],
    ['it reports something else', { ok: true, payload: { batchItemFailures: 'b' } }],
  ])('keeps the whole batch when %s', async (_, answer) => {
    for (const body of ['a', 'b']) queues.get(arn).send(body);
    const { batches, settled } = start(() => answer);
    await settled();

    expect(batches.map(bodies)).toEqual([['a', 'b']]);
    expect(queues.get(arn).size()).toBe(2);
  });

  it('takes any answer for success where failures are not to be reported', async () => {
    queues.get(arn).send('a');
    const { settled } = start(() => ({ ok: true, payload: { batchItemFailures: 'all' } }), {
      reportBatchItemFailures: false,
    });
    await settled();

    expect(queues.get(arn).size()).toBe(0);
  });

  it('tries a failed message again after the visibility timeout', async () => {
    queues.get(arn).send('a');
    const handled: string[] = [];
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    const { wake } = start(({ Records }) => {
      handled.push(...Records.map(({ body }) => body));
      (handled.length === 1 ? first : second).resolve();
      return handled.length === 1
        ? { ok: false, error: { errorType: 'Error', errorMessage: 'broken' } }
        : { ok: true, payload: null };
    });
    await first.promise;
    wake();
    expect(handled).toEqual(['a']);

    clock.advance(30_000);
    wake();
    await second.promise;

    expect(handled).toEqual(['a', 'a']);
  });

  it('waits for a full batch or the end of the window', () => {
    const { batches, wake } = start(() => ({ ok: true, payload: null }), { batchSize: 2, batchWindowSeconds: 5 });
    queues.get(arn).send('a');
    expect(batches).toHaveLength(0);
    queues.get(arn).send('b');
    expect(bodies(batches[0])).toEqual(['a', 'b']);
    wake();
    expect(batches).toHaveLength(1);
  });

  it('hands over what there is when the window ends', () => {
    const { batches, wake } = start(() => ({ ok: true, payload: null }), { batchSize: 2, batchWindowSeconds: 5 });
    queues.get(arn).send('a');
    clock.advance(5000);
    wake();

    expect(bodies(batches[0])).toEqual(['a']);
  });

  it('works on no more batches at once than it may', async () => {
    for (const body of ['a', 'b', 'c']) queues.get(arn).send(body);
    const gate = Promise.withResolvers<Invocation>();
    const { batches, settled } = start(() => gate.promise, { batchSize: 1, concurrencyMax: 2 });
    const atOnce = batches.length;
    const closing = settled();
    gate.resolve({ ok: true, payload: null });
    await closing;

    expect(atOnce).toBe(2);
    expect(queues.get(arn).size()).toBe(1);
  });
});

describe('a queue that fails', () => {
  const diskIsFull = () => {
    throw new Error('disk is full');
  };

  it('while a batch is finished leaves it for later, and is told of', async () => {
    queues.get(arn).send('a');
    vi.spyOn(queues.get(arn), 'delete').mockImplementationOnce(diskIsFull);
    const { batches, settled } = start(() => ({ ok: true, payload: null }));
    await settled();

    expect(batches.map(bodies)).toEqual([['a']]);
    expect(queues.get(arn).size()).toBe(1);
    expect(faults).toEqual([`A batch of ${arn} could not be finished: Error: disk is full`]);
  });

  it('while it is read is read again, later and later', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    queues.get(arn).send('a');
    const receive = vi.spyOn(queues.get(arn), 'receive').mockImplementation(diskIsFull);
    const { batches } = start(() => ({ ok: true, payload: null }));
    const triesAfter = async (waitMs: number) => {
      await vi.advanceTimersByTimeAsync(waitMs);
      return receive.mock.calls.length;
    };

    expect([receive.mock.calls.length, await triesAfter(99), await triesAfter(1)]).toEqual([1, 1, 2]);
    expect([await triesAfter(199), await triesAfter(1)]).toEqual([2, 3]);
    expect(faults).toEqual(Array(3).fill(`${arn} could not be read: Error: disk is full`));
    receive.mockRestore();
    await vi.advanceTimersByTimeAsync(400);
    expect(batches.map(bodies)).toEqual([['a']]);
  });
});
