import type { Policy } from '../../iam/policy.ts';
import type { BucketConfiguration } from '../configuration.ts';
import type { Tags } from '../store/object-version.ts';

/** A bucket that is there, whoever made it. */
export interface Bucket extends BucketConfiguration {
  /** Account id, 12 digits. */
  readonly owner: string;
  readonly createdAt: Date;
  /** Whether the template declares it: its configuration is that of the template again at every start. */
  readonly isDeclared: boolean;
  readonly tags?: Tags;
  readonly policy?: BucketPolicy;
  readonly publicAccessBlock?: PublicAccessBlock;
  /** Absent after DeleteBucketOwnershipControls; there are no ACLs in either case. */
  readonly objectOwnership?: 'BucketOwnerEnforced';
}

/** A policy that was put to the bucket. That of a template's bucket is not here: the template keeps it. */
export interface BucketPolicy {
  /** JSON, as it came. */
  readonly document: string;
  readonly compiled: Policy;
  /** "The meaning of 'public'" of the S3 user guide. */
  readonly isPublic: boolean;
}

/** `PublicAccessBlockConfiguration`. */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** What a bucket has from the beginning ("Default settings for new S3 buckets", since April 2023). */
export const newBucketDefaults = {
  versioning: false,
  cors: [],
  notifications: [],
  publicAccessBlock: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  },
  objectOwnership: 'BucketOwnerEnforced',
} as const satisfies Partial<Bucket>;
