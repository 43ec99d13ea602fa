import type { RejectionReason } from '../../contract/states.ts';
import type { DocumentRecord } from './document.ts';

/** What was observed of a stored version, from S3's own answers. */
export interface Observed {
  readonly sizeBytes: number;
  /** Hexadecimal; undefined where S3 holds no SHA-256 of the whole object. */
  readonly sha256: string | undefined;
  /** By the first bytes; undefined where they are of no type we know. */
  readonly mediaType: string | undefined;
}

/**
 * Compares what is stored with what was declared; undefined where all is as declared. S3 refused other bytes already
 * when it checked the signed headers: this holds even where that guard is off.
 */
export const rejectionOf = (
  declared: Pick<DocumentRecord, 'sizeBytes' | 'sha256' | 'mediaType'>,
  observed: Observed,
): RejectionReason | undefined => {
  if (observed.sizeBytes !== declared.sizeBytes) return 'size-mismatch';
  if (observed.sha256 !== declared.sha256) return 'hash-mismatch';
  if (observed.mediaType !== declared.mediaType) return 'media-type-mismatch';
  return undefined;
};
