import type { Clock } from '../clock.ts';
import type { ReportFault } from '../fault-log.ts';
import type { Invocation } from '../functions/types.ts';
import { createRetry } from '../retry.ts';
import type { Delivery, EventStore } from './store.ts';

/** What targets are reached by. Both may be asked again for the same event. */
export interface Targets {
  isQueue(arn: string): boolean;
  /** Durable when it returns. @throws where the queue does not take it */
  send(delivery: Delivery): void;
  invoke(functionArn: string, event: unknown): Promise<Invocation>;
}

export interface Deliveries {
  /** There may be something to deliver, or the clock was moved. */
  wake(): void;
  /** Resolves when nothing that is due is under way; what a queue did not take waits for its next try. */
  settled(): Promise<void>;
  /** Begins nothing more and waits for what is under way. */
  close(): Promise<void>;
}

export interface DeliveryWorld {
  readonly clock: Clock;
  readonly report: ReportFault;
}

/** Lambda tries an asynchronous invocation that failed twice more, after one minute and after two ("Error handling"). */
const retryWaitsMs = [60_000, 120_000];

/** Longer waits than Node's timers can do are done in pieces. */
const waitMsMax = 86_400_000;

/** Delivers every event at least once: what is under way when the process ends is delivered again after the next start. */
export const startDeliveries = (store: EventStore, targets: Targets, { clock, report }: DeliveryWorld): Deliveries => {
  const running = new Map<number, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const invoke = async ({ id, targetArn, event, failures }: Delivery): Promise<void> => {
    const outcome = await targets.invoke(targetArn, JSON.parse(event));
    // A function that is stopped in the middle is invoked again after the next start.
    if (closed && !outcome.ok) return;
    if (outcome.ok) return store.remove(id);
    const { errorType, errorMessage } = outcome.error;
    const waitMs = retryWaitsMs[failures];
    const end = waitMs === undefined ? 'it is given up' : `it is tried again in ${waitMs / 1000} s`;
    report(`An event for ${targetArn} failed; ${end}`, new Error(`${errorType}: ${errorMessage}`));
    if (waitMs === undefined) store.remove(id);
    else store.postpone(id, failures + 1, new Date(clock.now().getTime() + waitMs));
  };

  const deliver = async (delivery: Delivery): Promise<void> => {
    if (!targets.isQueue(delivery.targetArn)) return invoke(delivery);
    targets.send(delivery);
    store.remove(delivery.id);
  };

  const begin = (delivery: Delivery): void => {
    const work = deliver(delivery)
      .then(
        () => retry.succeeded(),
        (cause: unknown) => {
          report(`An event could not be delivered to ${delivery.targetArn}; it is tried again`, cause);
          if (!closed) retry.failed();
          return 'failed' as const;
        },
      )
      .then((outcome) => {
        running.delete(delivery.id);
        // What a retry waits for is not due before it.
        if (outcome !== 'failed') wake();
      });
    running.set(delivery.id, work);
  };

  const beginDue = (): void => {
    const now = clock.now();
    for (const delivery of store.due(now)) if (!running.has(delivery.id)) begin(delivery);
    const next = store.nextDueAt(now);
    if (next !== undefined) timer = setTimeout(wake, Math.min(next.getTime() - now.getTime(), waitMsMax));
  };

  const wake = (): void => {
    clearTimeout(timer);
    if (closed) return;
    try {
      beginDue();
    } catch (cause) {
      report('Events on their way could not be read', cause);
      retry.failed();
    }
  };

  const retry = createRetry(wake);
  wake();
  return {
    wake,
    settled: async () => {
      while (running.size > 0) await Promise.all(running.values());
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      retry.stop();
      await Promise.all(running.values());
    },
  };
};
