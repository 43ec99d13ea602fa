import * as z from 'zod/mini';
import { documentStates, rejectionReasons } from '../states.ts';
import { Checksum, DocumentId, FileName, MediaTypeName, Sha256Hex, SizeBytes, Timestamp } from './fields.ts';
import { metadataShape } from './metadata.ts';
import { RetentionClassName } from './retention.ts';

/** Why a document was rejected: `reason` for programs, `detail` for the person. */
export const Rejection = z.object({ reason: z.enum(rejectionReasons), detail: z.string() });

/**
 * A document as its readers see it. `fileName` is what the uploader sent, kept as it came; a download carries it made
 * safe. `revision` counts its changes of state from 1 and `metadataRevision` those of its metadata from 0: of two looks
 * at a document the one with a higher number is the later, whatever clocks say. `uploadedBy` is the `sub` of whoever
 * declared it. `availableAt` is there once the bytes were verified, `rejection` only where it was rejected, `purgeAfter`
 * while it is deleted: until then it can be restored, unless it was rejected.
 * `sha256` is there where it was declared, which is of every file but those that go up in parts; `checksum` once the bytes
 * were verified: what S3 holds of exactly that version.
 * `sizeBytes` is the most that may come, while an upload is pending whose size nobody declared.
 * `retainUntil` is there where it has a class or its environment's storage settings say it: it is removed for good soon
 * after that moment.
 */
export const Document = z.object({
  id: DocumentId,
  revision: z.int(),
  metadataRevision: z.int(),
  state: z.enum(documentStates),
  fileName: FileName,
  mediaType: MediaTypeName,
  sizeBytes: SizeBytes,
  sha256: z.optional(Sha256Hex),
  checksum: z.optional(Checksum),
  ...metadataShape,
  uploadedBy: z.string(),
  retentionClass: z.optional(RetentionClassName),
  retainUntil: z.optional(Timestamp),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  uploadExpiresAt: Timestamp,
  availableAt: z.optional(Timestamp),
  rejection: z.optional(Rejection),
  purgeAfter: z.optional(Timestamp),
});

export type Document = z.infer<typeof Document>;
