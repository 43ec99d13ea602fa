import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReportFault } from '../../fault-log.ts';
import type { BucketConfiguration } from '../configuration.ts';
import type { Context } from '../handle.ts';
import type { Store } from '../store/store.ts';
import { midnightOf } from './due.ts';
import type { PageOutcome } from './page-outcome.ts';
import { runUploadsPage, uploadsStart } from './uploads-page.ts';
import { runVersionsPage, versionsStart } from './versions-page.ts';

/** How often the clock is looked at for a new day. */
const checkMs = 60_000;

export interface Lifecycle {
  /** Does all that is due at this moment of the clock; resolves when it is done. */
  run(): Promise<void>;
  /** Stops between two steps. */
  close(): Promise<void>;
}

type Step<Place> = (store: Store, bucket: BucketConfiguration, now: Date, at: Place) => PageOutcome<Place>;

/**
 * Runs the lifecycle rules of all buckets: now, once on every day of the clock, and when asked to. Each step is one
 * transaction, events included: what a crash left undone is still due after it, and a request in between finds whole
 * steps.
 */
export function startLifecycle(
  { store, buckets, clock, wakeDelivery }: Pick<Context, 'store' | 'buckets' | 'clock' | 'wakeDelivery'>,
  report: ReportFault,
): Lifecycle {
  let isClosed = false;
  let ranOn: number | undefined;
  let running: Promise<unknown> = Promise.resolve();

  const walk = async <Place>(step: Step<Place>, name: string, now: Date, start: Place): Promise<void> => {
    let at: Place | undefined = start;
    while (at !== undefined && !isClosed) {
      const from: Place = at;
      // As it is by then: its rules may have been replaced.
      const bucket = buckets.get(name);
      if (bucket === undefined) return;
      const { next, staleBlobIds }: PageOutcome<Place> = await store.commit(() => step(store, bucket, now, from));
      wakeDelivery();
      for (const blobId of staleBlobIds) await store.blobs.release(blobId);
      at = next;
      await nextTurn();
    }
  };

  const runAll = async (): Promise<void> => {
    const now = clock.now();
    ranOn = midnightOf(now).getTime();
    for (const { name, lifecycle = [] } of [...buckets.values()]) {
      const enabled = lifecycle.filter(({ status }) => status === 'Enabled');
      if (enabled.length > 0) await walk(runVersionsPage, name, now, versionsStart);
      if (enabled.some((rule) => rule.abortIncompleteMultipartUpload)) {
        await walk(runUploadsPage, name, now, uploadsStart);
      }
    }
  };

  /** One at a time; a run that fails does not keep the next from running. */
  const run = (): Promise<void> => {
    const outcome = running.then(runAll);
    running = outcome.catch(() => undefined);
    return outcome;
  };

  const runDaily = (): void => {
    if (ranOn === midnightOf(clock.now()).getTime()) return;
    run().catch((cause: unknown) => report('The lifecycle rules of S3 could not be run', cause));
  };
  runDaily();
  const timer = setInterval(runDaily, checkMs).unref();

  return {
    run,
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      await running;
    },
  };
}
