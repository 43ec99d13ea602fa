import type { MediaType } from '../../contract/media-types.ts';
import type { DocumentState, RejectionReason } from '../../contract/states.ts';
import type { Cause } from './lifecycle.ts';

/** Who asks, from the verified token. `tenantId` comes from nowhere else. */
export interface Caller {
  readonly tenantId: string;
  readonly subjectId: string;
}

export interface DocumentRef {
  readonly tenantId: string;
  readonly documentId: string;
}

/**
 * One change of state. The record carries its last one, so a history item that a crash left unwritten can be written
 * again, the same to the letter, by whoever comes next. `revision` counts changes from 1.
 */
export interface Change {
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly from: DocumentState | null;
  readonly to: DocumentState;
  readonly cause: Cause;
  /** The request or event message that caused it, for finding its log lines. */
  readonly requestId: string;
}

/** The record of a document. Times are RFC 3339 in UTC; `sha256` is 64 hexadecimal digits. */
export interface DocumentRecord extends DocumentRef {
  readonly ownerId: string;
  readonly state: DocumentState;
  readonly fileName: string;
  readonly mediaType: MediaType;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly createdAt: string;
  readonly uploadExpiresAt: string;
  /** From here on no PUT can still be under way: expiry of the URL + the profile's longest transfer. */
  readonly sweepAfter: string;
  readonly availableAt?: string;
  readonly rejectionReason?: RejectionReason;
  /** The pinned version; written once, by the change that leaves `pending`. */
  readonly versionId?: string;
  readonly etag?: string;
  readonly lastChange: Change;
}
