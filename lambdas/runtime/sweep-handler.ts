import type { Context, ScheduledEvent } from 'aws-lambda';
import { type SweepDeps, type SweepReport, sweep } from '../usecases/sweep.ts';
import { logError, logInfo } from './log.ts';

/** One run settles at most 16 times as many; what is left waits for the next. */
const limitPerShard = 50;

/** Time to finish the document in hand before Lambda stops the function. */
const reserveMilliseconds = 10_000;

/** The scheduled sweep. Its report is also its answer, for whoever runs it by hand. */
export const sweepHandler =
  (deps: Omit<SweepDeps, 'failed' | 'waits'>) =>
  async (
    event: Pick<ScheduledEvent, 'id'>,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<SweepReport> => {
    const run = sweep({
      ...deps,
      failed: (error, ref) =>
        'documentId' in ref
          ? logError('DOCUMENT_NOT_SETTLED', error, { documentId: ref.documentId })
          : logError('QUOTA_NOT_RECOUNTED', error, { tenantId: ref.tenantId }),
      waits: ({ documentId }) => logInfo('SCAN_OVERDUE', { documentId }),
    });
    const report = await run({
      requestId: event.id,
      limitPerShard,
      hasTime: () => context.getRemainingTimeInMillis() > reserveMilliseconds,
    });
    logInfo('SWEEP_ENDED', { ...report });
    return report;
  };
