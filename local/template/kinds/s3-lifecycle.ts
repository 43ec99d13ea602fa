import * as z from 'zod/mini';
import { transitionStorageClasses } from '../../s3/lifecycle/rule.ts';

const StorageClass = z.enum(transitionStorageClasses);
/** Templates write it as `yyyy-mm-ddThh:mm:ssZ`. */
const Moment = z.iso.datetime();
/** CloudFormation has sizes as text, and takes numbers. */
const SizeBytes = z.union([z.int(), z.string().check(z.regex(/^\d+$/))]);

const Rule = z.strictObject({
  Id: z.optional(z.string()),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.optional(z.string()),
  TagFilters: z.optional(z.array(z.strictObject({ Key: z.string(), Value: z.string() }))),
  ObjectSizeGreaterThan: z.optional(SizeBytes),
  ObjectSizeLessThan: z.optional(SizeBytes),
  ExpirationInDays: z.optional(z.int()),
  ExpirationDate: z.optional(Moment),
  ExpiredObjectDeleteMarker: z.optional(z.boolean()),
  NoncurrentVersionExpiration: z.optional(
    z.strictObject({ NoncurrentDays: z.int(), NewerNoncurrentVersions: z.optional(z.int()) }),
  ),
  Transitions: z.optional(
    z.array(
      z.union([
        z.strictObject({ StorageClass, TransitionInDays: z.int() }),
        z.strictObject({ StorageClass, TransitionDate: Moment }),
      ]),
    ),
  ),
  NoncurrentVersionTransitions: z.optional(
    z.array(z.strictObject({ StorageClass, TransitionInDays: z.int(), NewerNoncurrentVersions: z.optional(z.int()) })),
  ),
  AbortIncompleteMultipartUpload: z.optional(z.strictObject({ DaysAfterInitiation: z.int() })),
});

/**
 * `AWS::S3::Bucket LifecycleConfiguration`. Its deprecated properties (`Transition`, `NoncurrentVersionTransition`,
 * `NoncurrentVersionExpirationInDays`) and the older rule for small objects stop the start.
 */
export const LifecycleConfiguration = z.strictObject({
  Rules: z.array(Rule),
  TransitionDefaultMinimumObjectSize: z.optional(z.literal('all_storage_classes_128K')),
});

export type LifecycleConfiguration = z.infer<typeof LifecycleConfiguration>;
