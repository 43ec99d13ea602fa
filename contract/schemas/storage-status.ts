import * as z from 'zod/mini';
import { storageFaults } from '../storage-faults.ts';
import { Timestamp } from './fields.ts';

/** What is wrong: `reason` for programs, `detail` says to an operator what to do. */
export const StorageDiagnosis = z.object({ reason: z.enum(storageFaults), detail: z.string() });

/**
 * Whether the API can reach its bucket, as it was at `checkedAt`, at most a few seconds ago. `diagnosis` is there where
 * it cannot.
 */
export const StorageStatus = z.object({
  bucket: z.string(),
  region: z.string(),
  accessible: z.boolean(),
  checkedAt: Timestamp,
  diagnosis: z.optional(StorageDiagnosis),
});

export type StorageStatus = z.infer<typeof StorageStatus>;
