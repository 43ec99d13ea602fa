import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { integer, truth, withContent } from '../buckets/configuration-document.ts';
import { Refusal } from '../refusal.ts';
import type { Tags } from '../store/object-version.ts';
import { checkTags } from '../tagging.ts';
import { type LifecycleFilter, type LifecycleRule, transitionStorageClasses } from './rule.ts';

const storageClass = z.enum(transitionStorageClasses);
const date = z.pipe(
  z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)))),
  z.transform((text) => new Date(text)),
);
const Tag = z.strictObject({ Key: z.string(), Value: z.string() });
const conditions = {
  Prefix: z.optional(z.string()),
  ObjectSizeGreaterThan: z.optional(integer),
  ObjectSizeLessThan: z.optional(integer),
};
const Filter = z
  .strictObject({
    ...conditions,
    Tag: z.optional(z.tuple([Tag])),
    And: z.optional(withContent(z.strictObject({ ...conditions, Tag: z.optional(z.array(Tag)) }))),
  })
  .check(z.refine((filter) => Object.keys(filter).length <= 1));
const due = { Days: z.optional(integer), Date: z.optional(date) };
const isOne = (action: object): boolean => Object.keys(action).length === 1;

const Rule = z
  .strictObject({
    ID: z.optional(z.string()),
    Status: z.enum(['Enabled', 'Disabled']),
    Prefix: z.optional(z.string()),
    Filter: z.optional(withContent(Filter)),
    Expiration: z.optional(
      z.strictObject({ ...due, ExpiredObjectDeleteMarker: z.optional(truth) }).check(z.refine(isOne)),
    ),
    NoncurrentVersionExpiration: z.optional(
      z.strictObject({ NoncurrentDays: integer, NewerNoncurrentVersions: z.optional(integer) }),
    ),
    Transition: z.optional(
      z.array(
        z
          .strictObject({ ...due, StorageClass: storageClass })
          .check(z.refine((action) => Object.keys(action).length === 2)),
      ),
    ),
    NoncurrentVersionTransition: z.optional(
      z.array(
        z.strictObject({
          NoncurrentDays: integer,
          NewerNoncurrentVersions: z.optional(integer),
          StorageClass: storageClass,
        }),
      ),
    ),
    AbortIncompleteMultipartUpload: z.optional(z.strictObject({ DaysAfterInitiation: integer })),
  })
  // The old form has a prefix in place of a filter; one of them there must be.
  .check(z.refine(({ Prefix, Filter }) => (Prefix === undefined) !== (Filter === undefined)));

/** `LifecycleConfiguration` of PutBucketLifecycleConfiguration. */
export const lifecycleFormat = {
  root: 'LifecycleConfiguration',
  lists: ['Rule', 'Tag', 'Transition', 'NoncurrentVersionTransition'],
  schema: z.strictObject({ Rule: z.array(Rule) }),
};

/** "If you don't specify an ID, S3 assigns a unique value." Left to check: what `checkRules` checks. */
export function ruleOf(rule: z.output<typeof Rule>): LifecycleRule | Refusal {
  const filter = rule.Filter === undefined ? { prefix: rule.Prefix ?? '' } : filterOf(rule.Filter);
  if (filter instanceof Refusal) return filter;
  const { Expiration, NoncurrentVersionExpiration, Transition, NoncurrentVersionTransition } = rule;
  return {
    id: rule.ID || randomUUID(),
    status: rule.Status,
    filter,
    ...(Expiration && {
      expiration:
        Expiration.ExpiredObjectDeleteMarker === undefined
          ? dueOf(Expiration)
          : { expiredObjectDeleteMarker: Expiration.ExpiredObjectDeleteMarker },
    }),
    ...(NoncurrentVersionExpiration && { noncurrentVersionExpiration: noncurrentOf(NoncurrentVersionExpiration) }),
    ...(Transition && { transitions: Transition.map((t) => ({ ...dueOf(t), storageClass: t.StorageClass })) }),
    ...(NoncurrentVersionTransition && {
      noncurrentVersionTransitions: NoncurrentVersionTransition.map((t) => ({
        ...noncurrentOf(t),
        storageClass: t.StorageClass,
      })),
    }),
    ...(rule.AbortIncompleteMultipartUpload && {
      abortIncompleteMultipartUpload: { daysAfterInitiation: rule.AbortIncompleteMultipartUpload.DaysAfterInitiation },
    }),
  };
}

const dueOf = ({ Days, Date: date }: { readonly Days?: number | undefined; readonly Date?: Date | undefined }) =>
  date === undefined ? { days: Days ?? 0 } : { date };

const noncurrentOf = (action: {
  readonly NoncurrentDays: number;
  readonly NewerNoncurrentVersions?: number | undefined;
}) => ({
  noncurrentDays: action.NoncurrentDays,
  ...(action.NewerNoncurrentVersions !== undefined && { newerNoncurrentVersions: action.NewerNoncurrentVersions }),
});

function filterOf({ And, ...single }: z.output<typeof Filter>): LifecycleFilter | Refusal {
  const { Prefix, Tag: list = [], ObjectSizeGreaterThan, ObjectSizeLessThan } = And ?? single;
  const tags: Tags | Refusal = checkTags(list.map(({ Key, Value }) => [Key, Value] as const));
  if (tags instanceof Refusal) return tags;
  return {
    ...(Prefix !== undefined && { prefix: Prefix }),
    ...(list.length > 0 && { tags }),
    ...(ObjectSizeGreaterThan !== undefined && { objectSizeGreaterThan: ObjectSizeGreaterThan }),
    ...(ObjectSizeLessThan !== undefined && { objectSizeLessThan: ObjectSizeLessThan }),
  };
}
