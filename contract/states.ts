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

/** What made a document change. */
export const causes = ['declared', 'object-created', 'scan-verdict', 'sweep', 'user'] as const;

export type Cause = (typeof causes)[number];

/** Where a request came from, as far as an audit needs it; the address itself is personal data and is not kept. */
export const addressClasses = ['loopback', 'private', 'public-ipv4', 'public-ipv6', 'unknown'] as const;

export type AddressClass = (typeof addressClasses)[number];

/**
 * The object's own state, kept as an S3 object tag. The bucket policy denies reads unless it says `available`, and
 * lifecycle rules remove the other three, so that S3 holds the lock even if none of our code runs.
 */
export const objectStates = ['incoming', 'available', 'rejected', 'deleted'] as const;

export type ObjectState = (typeof objectStates)[number];

export const objectStateTagKey = 'sealdrop-state';

/** The tag with the retention class, by which the bucket's rules move and, should nobody else, remove objects. */
export const retentionTagKey = 'sealdrop-retention';

/**
 * The tag that GuardDuty Malware Protection writes on what it scanned, with its verdict as value (GuardDuty user guide,
 * "Using tag-based access control with Malware Protection for S3").
 */
export const scanTagKey = 'GuardDutyMalwareScanStatus';

/** What GuardDuty says of an object. Only the first is clean; the last two say that there was no scan. */
export const scanVerdicts = ['NO_THREATS_FOUND', 'THREATS_FOUND', 'UNSUPPORTED', 'ACCESS_DENIED', 'FAILED'] as const;

export type ScanVerdict = (typeof scanVerdicts)[number];

/** Why a document was rejected. Each has a sentence for the person in `contract/rejections.ts`. */
export const rejectionReasons = [
  'size-mismatch',
  'hash-mismatch',
  'content-encoded',
  'media-type-mismatch',
  'malware-found',
  'not-scannable',
] as const;

export type RejectionReason = (typeof rejectionReasons)[number];
