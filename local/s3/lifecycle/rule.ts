import type { Tags } from '../store/object-version.ts';

/**
 * One lifecycle rule of a bucket, in the same shape whether a template or PutBucketLifecycleConfiguration brought it.
 * Names follow `AWS::S3::Bucket Rule` of CloudFormation in lower camel case ("Lifecycle configuration elements").
 */
export interface LifecycleRule {
  /** At most 255 characters, unique in the bucket. */
  readonly id: string;
  readonly status: 'Enabled' | 'Disabled';
  /** What an object must be for the rule to apply. Everything that is given must hold; nothing given: every object. */
  readonly filter: LifecycleFilter;
  readonly expiration?: LifecycleExpiration;
  readonly noncurrentVersionExpiration?: NoncurrentVersionExpiration;
  readonly transitions?: readonly LifecycleTransition[];
  readonly noncurrentVersionTransitions?: readonly NoncurrentVersionTransition[];
  readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation: number };
}

export interface LifecycleFilter {
  readonly prefix?: string;
  /** The object must have all of these, with these values. */
  readonly tags?: Tags;
  /** Bytes; the object must be larger. */
  readonly objectSizeGreaterThan?: number;
  /** Bytes; the object must be smaller. */
  readonly objectSizeLessThan?: number;
}

/** Days since something happened, or a moment, which is midnight UTC. */
export type Due = { readonly days: number } | { readonly date: Date };

/** What happens to the current version; the last form removes delete markers that hide nothing any more. */
export type LifecycleExpiration = Due | { readonly expiredObjectDeleteMarker: boolean };

export interface NoncurrentVersionExpiration {
  /** Since the version became noncurrent. */
  readonly noncurrentDays: number;
  /** As many of the newest noncurrent versions are kept, 1 to 100. @default 0 */
  readonly newerNoncurrentVersions?: number;
}

export type LifecycleTransition = Due & { readonly storageClass: TransitionStorageClass };

export interface NoncurrentVersionTransition {
  /** Since the version became noncurrent. */
  readonly noncurrentDays: number;
  readonly newerNoncurrentVersions?: number;
  readonly storageClass: TransitionStorageClass;
}

/** The classes objects can be moved to, in the order of the waterfall: an object only ever moves to a later one. */
export const transitionStorageClasses = [
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
] as const;

export type TransitionStorageClass = (typeof transitionStorageClasses)[number];
