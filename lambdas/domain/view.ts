import { rejectionDetails } from '../../contract/rejections.ts';
import type { Document } from '../../contract/schemas/document.ts';
import type { DocumentRecord } from './document.ts';

const lastTouchOf = ({ lastChange, lastMetadataChange }: DocumentRecord): string =>
  lastMetadataChange !== undefined && lastMetadataChange.at > lastChange.at ? lastMetadataChange.at : lastChange.at;

/** A record as its readers see it: no tenant, no version, no key. */
export const viewOf = (record: DocumentRecord): Document => ({
  id: record.documentId,
  revision: record.lastChange.revision,
  metadataRevision: record.lastMetadataChange?.metadataRevision ?? 0,
  state: record.state,
  fileName: record.fileName,
  mediaType: record.mediaType,
  sizeBytes: record.sizeBytes,
  ...(record.sha256 !== undefined && { sha256: record.sha256 }),
  ...(record.checksum !== undefined && { checksum: record.checksum }),
  ...record.metadata,
  uploadedBy: record.ownerId,
  ...(record.retentionClass !== undefined && { retentionClass: record.retentionClass }),
  ...(record.retainUntil !== undefined && { retainUntil: record.retainUntil }),
  createdAt: record.createdAt,
  updatedAt: lastTouchOf(record),
  uploadExpiresAt: record.uploadExpiresAt,
  ...(record.availableAt !== undefined && { availableAt: record.availableAt }),
  ...(record.purgeAfter !== undefined && { purgeAfter: record.purgeAfter }),
  ...(record.rejectionReason !== undefined && {
    rejection: { reason: record.rejectionReason, detail: rejectionDetails[record.rejectionReason] },
  }),
});
