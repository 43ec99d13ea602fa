import { transferLimits } from '../../contract/transfer-limits.ts';
import type { Call } from '../call.ts';

/** Whether a file of that size goes up in parts: the environment decides. */
export type GoesInParts = (sizeBytes: number, signal: AbortSignal) => Promise<boolean>;

/** The environment's threshold is asked for once, and only where it matters: it is never below the smallest part. */
export function goesInPartsBy({ call }: { readonly call: Call }): GoesInParts {
  let aboveSizeBytes: number | undefined;
  return async (sizeBytes, signal) => {
    if (sizeBytes <= transferLimits.partSizeBytesMin) return false;
    aboveSizeBytes ??= (await call('getSettings', { signal })).multipart.aboveSizeBytes;
    return sizeBytes > aboveSizeBytes;
  };
}
