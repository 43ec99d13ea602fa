import * as z from 'zod/mini';
import { QuotaUse } from '../problems.ts';
import { actions, reaches, roles } from '../roles.ts';
import { MediaTypeName } from './fields.ts';
import { metadataFields } from './metadata.ts';
import { RetentionClassName } from './retention.ts';

const count = z.int().check(z.minimum(0));

/** A kind of file that is accepted: how a page names it, and the endings a file dialog offers. */
const AcceptedMediaType = z.object({ name: MediaTypeName, label: z.string(), extensions: z.array(z.string()) });

/**
 * What a page must know of an environment before it asks for anything, and of the caller.
 *
 * - `version`: another one whenever anything here is another; the `ETag` is made of it.
 * - `multipart.aboveSizeBytes`: larger files go up in parts, and are declared without their SHA-256.
 * - `retention`: how long what was deleted can be restored, and the classes that documents may be declared with.
 * - `caller.may`: each action the caller's roles allow, and how far: `own` documents, those and the ones that are about
 *   the caller (`concerned`), or all of the `tenant`. What is not there is not allowed.
 * - `caller.mustGiveReason`: whether a download needs a reason.
 * - `quotas`: what is used and allowed, the user's own and, for who may list the tenant's documents, the tenant's.
 *   Empty where nothing is counted or nothing is limited.
 */
export const Settings = z.object({
  version: z.string(),
  profile: z.string(),
  mediaTypes: z.array(AcceptedMediaType),
  sizeBytesMax: count,
  multipart: z.object({ aboveSizeBytes: count, expiresInSeconds: count }),
  uploadExpiresInSeconds: count,
  downloadExpiresInSeconds: count,
  categories: z.array(z.string()),
  subjectTypes: z.array(z.string()),
  requiredMetadata: z.array(z.enum(metadataFields)),
  metadataLimits: z.object({
    fileNameLengthMax: count,
    titleLengthMax: count,
    descriptionLengthMax: count,
    tagLengthMax: count,
    tagsMax: count,
    attributeLengthMax: count,
    attributesMax: count,
  }),
  listLimitMax: count,
  isScanned: z.boolean(),
  retention: z.object({
    restorableDays: count,
    classes: z.array(z.object({ name: RetentionClassName, days: count })),
    defaultClass: z.optional(RetentionClassName),
  }),
  caller: z.object({
    roles: z.array(z.enum(roles)),
    may: z.partialRecord(z.enum(actions), z.enum(reaches)),
    mustGiveReason: z.boolean(),
  }),
  quotas: z.array(QuotaUse),
});

export type Settings = z.infer<typeof Settings>;
