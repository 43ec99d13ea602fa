/** The states of a document's record, in the order of its life. `expired` and `purged` are final. */
export const documentStates = [
  'pending',
  'scanning',
  'available',
  'rejected',
  'expired',
  'deleted',
  'purging',
  'purged',
] as const;

export type DocumentState = (typeof documentStates)[number];

/** The states after which an upload's outcome is known; a client that waits stops here. */
export const settledStates = ['available', 'rejected', 'expired', 'deleted', 'purging', 'purged'] as const;

/**
 * The object's own state, kept as an S3 object tag. The bucket policy denies reads unless it says `available`, and
 * lifecycle rules remove the other three, so that S3 holds the lock even if none of our code runs.
 */
export const objectStates = ['incoming', 'available', 'rejected', 'deleted'] as const;

export type ObjectState = (typeof objectStates)[number];

export const objectStateTagKey = 'sealdrop-state';

/** Why an upload was rejected. Each has a sentence for the person in `contract/rejections.ts`. */
export const rejectionReasons = ['size-mismatch', 'hash-mismatch', 'content-encoded', 'media-type-mismatch'] as const;

export type RejectionReason = (typeof rejectionReasons)[number];
