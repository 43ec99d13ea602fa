import * as z from 'zod/mini';
import { limits } from './limits.ts';
import { mediaTypeNames } from './media-types.ts';
import { roles } from './roles.ts';
import { Category, metadataFields, SubjectType } from './schemas/metadata.ts';
import { RetentionClasses, RetentionClassName } from './schemas/retention.ts';

const days = z.int().check(z.minimum(1), z.maximum(limits.retentionDaysMax));

/** The most that one counter may hold; see `lambdas/domain/quota.ts` for what counts. */
const Quota = z.strictObject({
  documentsMax: z.int().check(z.minimum(1)),
  sizeBytesMax: z.int().check(z.minimum(1)),
});

/**
 * What an environment accepts and how long it keeps it. Parsed at synth; the functions get it as JSON in `PROFILE`.
 *
 * - `sizeBytesMax`: largest accepted file.
 * - `multipart`: files above `aboveSizeBytes` go up in parts, in `expiresInSeconds` at most; all others in one PUT.
 * - `linkExpiresInSecondsMax`: the longest that a one-time link may wait to be opened; absent: as long as anywhere.
 * - `transferSecondsMax`: the longest a PUT may take that began before its URL expired; a record is not settled by
 *   the sweeper before expiry + this.
 * - `categories`, `subjectTypes`: those that documents may have; none: documents have no such field.
 * - `requiredMetadata`: what must be declared of every document.
 * - `reasonRequiredFrom`: roles that must say why they download a document; the reason is in its history.
 * - `quota`: the most that a tenant and each of its users may hold. Absent: nothing is counted. Present, even empty:
 *   every declaration costs two write units more, one for the user's counter and one for the tenant's.
 * - `retention.incomingDays` … `noncurrentDays`: when S3 removes objects by their state tag, and noncurrent versions.
 * - `retention.classes`: how long documents are kept, by the class that they are declared with; `defaultClass`: that of those
 *   declared without one. Neither: such documents are kept until somebody deletes them.
 */
export const Profile = z
  .strictObject({
    name: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,62}$/)),
    mediaTypes: z.array(z.enum(mediaTypeNames)).check(z.minLength(1)),
    sizeBytesMax: z.int().check(z.minimum(1), z.maximum(limits.objectSizeBytesMax)),
    multipart: z.strictObject({
      aboveSizeBytes: z.int().check(z.minimum(limits.partSizeBytesMin), z.maximum(limits.singlePutSizeBytesMax)),
      expiresInSeconds: z
        .int()
        .check(z.minimum(limits.multipartExpiresInSecondsMin), z.maximum(limits.multipartExpiresInSecondsMax)),
    }),
    uploadExpiresInSeconds: z.int().check(z.minimum(30), z.maximum(limits.uploadExpiresInSecondsMax)),
    downloadExpiresInSeconds: z
      .int()
      .check(z.minimum(limits.downloadExpiresInSecondsMin), z.maximum(limits.downloadExpiresInSecondsMax)),
    linkExpiresInSecondsMax: z.optional(
      z.int().check(z.minimum(limits.linkExpiresInSecondsMin), z.maximum(limits.linkExpiresInSecondsMax)),
    ),
    transferSecondsMax: z.int().check(z.minimum(60), z.maximum(86_400)),
    categories: z.array(Category),
    subjectTypes: z.array(SubjectType),
    requiredMetadata: z.array(z.enum(metadataFields)),
    reasonRequiredFrom: z.array(z.enum(roles)),
    quota: z.optional(z.strictObject({ tenant: z.optional(Quota), user: z.optional(Quota) })),
    retention: z.strictObject({
      incomingDays: days,
      rejectedDays: days,
      deletedDays: days,
      noncurrentDays: days,
      classes: z.optional(RetentionClasses),
      defaultClass: z.optional(RetentionClassName),
    }),
  })
  .check(
    z.refine(
      ({ quota, sizeBytesMax }) =>
        [quota?.tenant, quota?.user].every((limit) => limit === undefined || limit.sizeBytesMax >= sizeBytesMax),
      { path: ['quota'], error: 'A quota must have room for one file of sizeBytesMax.' },
    ),
    z.refine(
      // S3 counts the age of an object from the beginning of its upload, and whole days.
      ({ multipart, retention }) => retention.incomingDays * 86_400 > multipart.expiresInSeconds,
      { path: ['retention', 'incomingDays'], error: 'An upload in parts must be over before its object is removed.' },
    ),
    z.refine(
      ({ requiredMetadata, categories, subjectTypes }) =>
        (categories.length > 0 || !requiredMetadata.includes('category')) &&
        (subjectTypes.length > 0 || !requiredMetadata.includes('subject')),
      { path: ['requiredMetadata'], error: 'What is required must have values to choose from.' },
    ),
    z.refine(
      ({ retention: { classes = {}, defaultClass } }) =>
        defaultClass === undefined || Object.hasOwn(classes, defaultClass),
      { path: ['retention', 'defaultClass'], error: 'The default class must be one of retention.classes.' },
    ),
    z.refine((profile) => JSON.stringify(profile).length <= limits.profileSizeBytesMax, {
      error: `A profile is at most ${limits.profileSizeBytesMax} bytes of JSON: functions get it in their environment. Shorten or leave out names.`,
    }),
  );

export type Profile = z.infer<typeof Profile>;
