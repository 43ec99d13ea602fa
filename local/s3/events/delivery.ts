import type { LocalS3Options } from '../configuration.ts';
import type { Outbox } from '../store/outbox.ts';

const batchSize = 20;
const retryMinInMilliseconds = 100;
const retryMaxInMilliseconds = 10_000;

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
export function startDelivery(outbox: Outbox, deliver: LocalS3Options['deliver']): Delivery {
  let isClosed = false;
  let isWoken = false;
  let retryInMilliseconds = retryMinInMilliseconds;
  let retryTimer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const deliverAll = async (): Promise<void> => {
    let failures = 0;
    let lastId = 0;
    for (let batch = outbox.next(0, batchSize); batch.length > 0 && !isClosed; batch = outbox.next(lastId, batchSize)) {
      for (const { id, queueArn, body } of batch) {
        if (isClosed) return;
        lastId = id;
        await deliver({ queueArn, body }).then(
          () => outbox.remove(id),
          () => failures++,
        );
      }
    }
    if (failures === 0) {
      retryInMilliseconds = retryMinInMilliseconds;
    } else if (!isClosed) {
      retryTimer = setTimeout(wake, retryInMilliseconds);
      retryInMilliseconds = Math.min(retryInMilliseconds * 2, retryMaxInMilliseconds);
    }
  };

  const run = async (): Promise<void> => {
    while (isWoken && !isClosed) {
      isWoken = false;
      clearTimeout(retryTimer);
      await deliverAll();
    }
    running = undefined;
  };

  const wake = (): void => {
    isWoken = true;
    running ??= run();
  };

  wake();
  return {
    wake,
    close: async () => {
      isClosed = true;
      clearTimeout(retryTimer);
      await running;
    },
  };
}
