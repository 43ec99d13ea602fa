import type { Clock } from '../clock.ts';
import type { ReportFault } from '../fault-log.ts';
import type { Invocation } from '../functions/types.ts';
import { createRetry } from '../retry.ts';
import type { Queue } from './queue.ts';
import { failedMessageIds, sqsEvent } from './sqs-event.ts';
import type { StoredMessage } from './store.ts';

/** An event source mapping as the template configures it. */
export interface ConsumerConfig {
  readonly region: string;
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly concurrencyMax: number;
  readonly reportBatchItemFailures: boolean;
}

export interface Consumer {
  /** Looks again: needed only after an injected clock was moved. */
  wake(): void;
  /** Takes no more batches and waits for those under way. */
  close(): Promise<void>;
}

/**
 * Hands the messages of a queue to a function, as Lambda's pollers do: what succeeded is deleted, what failed becomes
 * visible again after the visibility timeout. It sleeps until a message is sent or becomes visible.
 */
export const startConsumer = (
  config: ConsumerConfig,
  queue: Queue,
  invoke: (event: unknown) => Promise<Invocation>,
  clock: Clock,
  report: ReportFault,
): Consumer => {
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const handle = async (batch: readonly StoredMessage[]) => {
    const outcome = await invoke(sqsEvent(batch, queue.config.arn, config.region));
    const failed = failedMessageIds(outcome, batch, config.reportBatchItemFailures);
    for (const { messageId, receiptHandle } of batch) {
      if (!failed.has(messageId)) queue.delete(receiptHandle);
    }
  };

  /** When the next batch is due: when it is full or its first message has waited for the window. */
  const dueInMs = (): number | undefined => {
    const { visible, firstVisibleAt } = queue.peek();
    if (firstVisibleAt === undefined) return undefined;
    const windowMs = visible >= config.batchSize ? 0 : config.batchWindowSeconds * 1000;
    return firstVisibleAt + windowMs - clock.now().getTime();
  };

  const takeBatches = () => {
    while (!closed && running.size < config.concurrencyMax) {
      const wait = dueInMs();
      if (wait === undefined) return;
      if (wait > 0) {
        timer = setTimeout(wake, wait);
        return;
      }
      const batch = queue.receive(config.batchSize);
      if (batch.length === 0) continue;
      const work = handle(batch)
        // The messages are held: they come again after the visibility timeout.
        .catch((cause: unknown) => report(`A batch of ${queue.config.arn} could not be finished`, cause))
        .finally(() => {
          running.delete(work);
          wake();
        });
      running.add(work);
    }
  };

  const wake = () => {
    clearTimeout(timer);
    try {
      takeBatches();
      retry.succeeded();
    } catch (cause) {
      report(`${queue.config.arn} could not be read`, cause);
      retry.failed();
    }
  };

  const retry = createRetry(wake);
  queue.onSent(wake);
  wake();
  return {
    wake,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      retry.stop();
      await Promise.all(running);
    },
  };
};
