import { dueIndex } from '../../contract/storage.ts';
import type { DocumentRef } from '../domain/document.ts';
import { followUpSecondsMax } from '../domain/due.ts';
import type { DueRef } from '../ports.ts';
import { type RecountDeps, recount } from './recount.ts';
import { type SettleDeps, settleDocument } from './settle-document.ts';

export interface SweepDeps extends SettleDeps {
  readonly quotas: RecountDeps['quotas'];
  /** Hears of what could not be settled; it is tried again later. */
  readonly failed: (error: unknown, ref: DueRef) => void;
  /** Hears of a document that waits for its verdict for too long (F21). */
  readonly waits: (ref: DocumentRef) => void;
}

export interface SweepInput {
  readonly requestId: string;
  /** At most so many documents and counters of each shard in one run. */
  readonly limitPerShard: number;
  /** Whether there is time for another one. */
  readonly hasTime: () => boolean;
}

export interface SweepReport {
  readonly settled: number;
  readonly failed: number;
}

/**
 * Settles documents and recounts counters that are overdue, the longest overdue first, so that the next run goes on where this one stopped. Shards are
 * swept side by side; two sweeps at once do no harm, see settleDocument and recount.
 */
export const sweep =
  (deps: SweepDeps) =>
  async (input: SweepInput): Promise<SweepReport> => {
    const shards = Array.from({ length: dueIndex.shards }, (_, shard) => sweepShard(deps, input, shard));
    // All of them end before the sweep does: Lambda would freeze what still runs, and let it run on minutes later.
    const outcomes = await Promise.allSettled(shards);
    const reports = outcomes.map((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    });
    return {
      settled: reports.reduce((sum, { settled }) => sum + settled, 0),
      failed: reports.reduce((sum, { failed }) => sum + failed, 0),
    };
  };

const isDocument = (ref: DueRef): ref is DocumentRef => 'documentId' in ref;

const sweepShard = async (
  deps: SweepDeps,
  { requestId, limitPerShard, hasTime }: SweepInput,
  shard: number,
): Promise<SweepReport> => {
  const report = { settled: 0, failed: 0 };
  for (const ref of await deps.documents.listDue({ shard, now: deps.clock.now(), limit: limitPerShard })) {
    if (!hasTime()) break;
    try {
      if (!isDocument(ref)) await recount(deps, ref, hasTime);
      else if ((await settleDocument(deps, ref, requestId)) === 'waits') deps.waits(ref);
      report.settled += 1;
    } catch (error) {
      report.failed += 1;
      deps.failed(error, ref);
      await postpone(deps, ref);
    }
  }
  return report;
};

/** What cannot be settled must not stand in the way of what is behind it. */
const postpone = async ({ documents, quotas, clock, failed }: SweepDeps, ref: DueRef): Promise<void> => {
  const later = new Date(clock.now().getTime() + followUpSecondsMax * 1000).toISOString();
  try {
    if (!isDocument(ref)) return await quotas.setDue(ref, later);
    const record = await documents.find(ref);
    if (record !== undefined) await documents.setDue(record, later);
  } catch (error) {
    failed(error, ref);
  }
};
