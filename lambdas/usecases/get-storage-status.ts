import type { StorageStatus } from '../../contract/schemas/storage-status.ts';
import { storageFaultDetails } from '../../contract/storage-faults.ts';
import { permitsInTenant } from '../domain/access.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Clock, StorageProbe } from '../ports.ts';

/** One look serves all who ask meanwhile: asking without end costs no more than a call to S3 every few seconds. */
const keptSeconds = 5;

/** Whether the bucket can be reached. That it cannot is an answer too, never a problem. */
export const getStorageStatus = (deps: { clock: Clock; probe: StorageProbe; bucket: string; region: string }) => {
  let kept: { readonly at: Date; readonly status: Promise<StorageStatus> } | undefined;

  const look = async (at: Date): Promise<StorageStatus> => {
    const { bucket, region } = deps;
    const reason = await deps.probe.check();
    return {
      bucket,
      region,
      accessible: reason === undefined,
      checkedAt: at.toISOString(),
      ...(reason !== undefined && { diagnosis: { reason, detail: storageFaultDetails[reason] } }),
    };
  };

  return async (input: { caller: Caller }): Promise<Result<StorageStatus, Failure>> => {
    if (!permitsInTenant('readStatus', input.caller)) return fail({ kind: 'not-permitted' });
    const now = deps.clock.now();
    const isFresh = kept !== undefined && now.getTime() - kept.at.getTime() < keptSeconds * 1000;
    if (kept === undefined || !isFresh) {
      const looking = { at: now, status: look(now) };
      kept = looking;
      looking.status.catch(() => {
        if (kept === looking) kept = undefined;
      });
    }
    return ok(await kept.status);
  };
};
