import type { ReportFault } from '../../fault-log.ts';
import { createRetry } from '../../retry.ts';
import type { LocalS3Options } from '../configuration.ts';
import type { Outbox } from '../store/outbox.ts';

const batchSize = 20;

export interface Delivery {
  /** There may be new messages. */
  wake(): void;
  /** Resolves when no message is under way; what is left is delivered after the next start. */
  close(): Promise<void>;
}

/**
 * Delivers the outbox at least once: a message is removed only after `deliver` resolved. One that fails is left for the
 * next round and does not hold up the others, so, as on AWS, messages may come out of order. Telling anybody why it
 * failed is up to `deliver`, which knows.
 */
export function startDelivery(outbox: Outbox, deliver: LocalS3Options['deliver'], report: ReportFault): Delivery {
  let isClosed = false;
  let isWoken = false;
  let running: Promise<void> | undefined;

  /** Whether nothing is left. */
  const deliverAll = async (): Promise<boolean> => {
    let failures = 0;
    let lastId = 0;
    for (let batch = outbox.next(0, batchSize); batch.length > 0 && !isClosed; batch = outbox.next(lastId, batchSize)) {
      for (const { id, queueArn, body } of batch) {
        if (isClosed) return false;
        lastId = id;
        const isTaken = await deliver({ queueArn, body }).then(
          () => true,
          () => false,
        );
        if (isTaken) outbox.remove(id);
        else failures++;
      }
    }
    return failures === 0;
  };

  const run = async (): Promise<void> => {
    while (isWoken && !isClosed) {
      isWoken = false;
      const isDone = await deliverAll().catch((cause: unknown) => {
        report('The outbox of S3 could not be read or written', cause);
        return false;
      });
      if (isDone) retry.succeeded();
      else if (!isClosed) retry.failed();
    }
    running = undefined;
  };

  const wake = (): void => {
    isWoken = true;
    running ??= run();
  };
  const retry = createRetry(wake);

  wake();
  return {
    wake,
    close: async () => {
      isClosed = true;
      retry.stop();
      await running;
    },
  };
}
