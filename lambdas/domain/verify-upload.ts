import type { RejectionReason } from '../../contract/states.ts';
import type { DocumentRecord } from './document.ts';

/** What S3 says of a stored version. `sha256` is hexadecimal, undefined where S3 holds none of the whole object. */
export interface StoredFacts {
  readonly sizeBytes: number;
  readonly sha256: string | undefined;
  readonly contentEncoding: string | undefined;
}

/**
 * Compares what is stored with what was declared; undefined where all is as declared. S3 refused other bytes already
 * when it checked the signed headers: this holds even where that guard is off.
 *
 * `content-encoding` is not signed, and nothing may be declared with one: a browser would decode what was verified
 * into bytes that were not.
 */
export const rejectionByFacts = (
  declared: Pick<DocumentRecord, 'sizeBytes' | 'sha256'>,
  stored: StoredFacts,
): RejectionReason | undefined => {
  if (stored.sizeBytes !== declared.sizeBytes) return 'size-mismatch';
  if (stored.sha256 !== declared.sha256) return 'hash-mismatch';
  if (stored.contentEncoding !== undefined) return 'content-encoded';
  return undefined;
};

/** Compares the type of the first bytes, undefined where they are of none we know, with the declared one. */
export const rejectionByContent = (
  declared: Pick<DocumentRecord, 'mediaType'>,
  mediaType: string | undefined,
): RejectionReason | undefined => (mediaType === declared.mediaType ? undefined : 'media-type-mismatch');
