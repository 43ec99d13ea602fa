import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import type { MediaType } from '../../contract/media-types.ts';
import type { Role } from '../../contract/roles.ts';
import type { Checksum } from '../../contract/schemas/fields.ts';
import type { Metadata, MetadataField } from '../../contract/schemas/metadata.ts';
import type { AddressClass, Cause, DocumentState, RejectionReason } from '../../contract/states.ts';

/** Who asks, from the verified token. `tenantId` and `roles` come from nowhere else. */
export interface Caller {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly roles: readonly Role[];
}

export interface DocumentRef {
  readonly tenantId: string;
  readonly documentId: string;
}

/**
 * One change of state. The record carries its last one, and it goes into the history before the next one replaces it:
 * history and record are never apart. `revision` counts changes from 1.
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
  /** Only where a client asked for it. */
  readonly addressClass?: AddressClass;
  /** Only of a change to `rejected`, or of one that takes back what could have been restored. */
  readonly rejectionReason?: RejectionReason;
}

/**
 * A change of the metadata, made by a person. As with changes of state, the record carries its last one, and it goes
 * into the history before the next one replaces it. `metadataRevision` counts them from 1, `revision` is the change of
 * state that was the last one then.
 */
export interface MetadataChange {
  readonly metadataRevision: number;
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly requestId: string;
  readonly addressClass?: AddressClass;
  readonly fields: readonly MetadataField[];
}

/**
 * An upload in parts, while it is under way and after. `partSizeBytes` is absent where the client chooses. `checksum` is
 * what the client said that all parts together are, in base64, written before the upload is completed: what is recorded
 * must agree with it. `abortedAt`: it was given up, and nothing can come of it.
 */
export interface PartsUpload {
  readonly uploadId: string;
  readonly partSizeBytes?: number;
  readonly checksumAlgorithm: ChecksumAlgorithm;
  readonly checksum?: string;
  readonly abortedAt?: string;
}

/** The record of a document. Times are RFC 3339 in UTC; `sha256` is 64 hexadecimal digits. */
export interface DocumentRecord extends DocumentRef {
  readonly ownerId: string;
  readonly state: DocumentState;
  readonly fileName: string;
  readonly mediaType: MediaType;
  readonly sizeBytes: number;
  /** While it is pending: nobody declared its size, and `sizeBytes` is the most that may come. */
  readonly isSizeOpen?: true;
  /** It comes by a form, which can be used again until its time is over: see due.ts. */
  readonly byForm?: true;
  /** Where the whole file's was declared. */
  readonly sha256?: string;
  /** What S3 holds of the pinned version. */
  readonly checksum?: Checksum;
  readonly upload?: PartsUpload;
  readonly metadata?: Metadata;
  readonly lastMetadataChange?: MetadataChange;
  /** Written once with the declaration: its class, and when it ends, by its class or else by the storage settings. */
  readonly retentionClass?: string;
  readonly retainUntil?: string;
  readonly createdAt: string;
  readonly uploadExpiresAt: string;
  /** From here on no PUT can still be under way: expiry of the URL + the profile's longest transfer + clock skew. */
  readonly sweepAfter: string;
  /** When the sweeper has to look at it, absent where there is nothing to do; see due.ts. */
  readonly dueAt?: string;
  readonly availableAt?: string;
  readonly rejectionReason?: RejectionReason;
  /** The pinned version; written once, by the change that leaves `pending`. */
  readonly versionId?: string;
  readonly etag?: string;
  /** While `deleted` and after, or since its retention is over: what it was. `purgeAfter`: when the bytes of what was deleted go. */
  readonly deletedFrom?: 'available' | 'rejected';
  readonly purgeAfter?: string;
  /** The last change whose event is known to have been published; written only where no message would bring it again. */
  readonly publishedRevision?: number;
  readonly lastChange: Change;
}
