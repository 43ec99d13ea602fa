import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { FileName, MediaTypeName } from './fields.ts';
import { PartNumber } from './parts.ts';

/** What Uppy's clients send to, and read from, the S3 routes of its Companion (`@uppy/aws-s3` 4, 5 and 6). */

const UploadId = z.string().check(z.minLength(1), z.maxLength(limits.uploadIdLengthMax));

/** S3 user guide, "Naming Amazon S3 objects". */
const Key = z.string({ error: 'Give the key that the upload began with.' }).check(z.minLength(1), z.maxLength(1024));

export const UploadPath = z.strictObject({ uploadId: UploadId });

export const PartPath = z.strictObject({
  uploadId: UploadId,
  partNumber: z.pipe(z.string().check(z.regex(/^[0-9]{1,5}$/)), z.pipe(z.transform(Number), PartNumber)),
});

export const KeyQuery = z.strictObject({ key: Key });

/** Of each file, `name`, `type` and what an application adds; a text each. Others than those that are known are left out. */
const Metadata = z.record(z.string(), z.unknown());

/** `metadata[name]` for each. */
export const FormQuery = z.looseObject({ filename: FileName, type: MediaTypeName });

export const FormAnswer = z.object({
  method: z.literal('POST'),
  url: z.string(),
  fields: z.record(z.string(), z.string()),
  /** Seconds. */
  expires: z.int(),
});

export const CreateRequest = z.looseObject({
  filename: FileName,
  type: MediaTypeName,
  metadata: z.optional(z.nullable(Metadata)),
});

export const CreateAnswer = z.object({ key: z.string(), uploadId: z.string(), bucket: z.string() });

/** S3's own words. */
export const PartsAnswer = z.array(z.object({ PartNumber: z.int(), ETag: z.string(), Size: z.int() }));

export const PartAnswer = z.object({ url: z.string(), expires: z.int() });

const partNumbers = /^[0-9]{1,5}(?:,[0-9]{1,5})*$/;

export const BatchQuery = z.strictObject({
  key: Key,
  partNumbers: z.pipe(
    z
      .string({ error: 'Give the numbers of the parts, with commas between them.' })
      .check(z.regex(partNumbers, { error: 'Give the numbers of the parts, with commas between them.' })),
    z.pipe(
      z.transform((text: string) => [...new Set(text.split(',').map(Number))]),
      z.array(PartNumber).check(z.maxLength(limits.companionPartsMax)),
    ),
  ),
});

export const BatchAnswer = z.object({ presignedUrls: z.record(z.string(), z.string()) });

/** ETags with quotes or without. */
export const CompleteRequest = z.looseObject({
  parts: z
    .array(z.looseObject({ PartNumber, ETag: z.string().check(z.maxLength(100)) }))
    .check(z.minLength(1), z.maxLength(limits.partsMax)),
});

export const CompleteAnswer = z.object({ location: z.string(), key: z.string(), bucket: z.string() });

export const NoAnswer = z.object({});
