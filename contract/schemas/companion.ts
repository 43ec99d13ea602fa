import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { FileName, MediaTypeName, unlessObject } from './fields.ts';
import { PartNumber } from './parts.ts';

/** What Uppy's clients send to, and read from, the S3 routes of its Companion (`@uppy/aws-s3` 4, 5 and 6). */

const uploadIdError = { error: 'Give the id of the upload, as it began.' };
const UploadId = z
  .string(uploadIdError)
  .check(z.minLength(1, uploadIdError), z.maxLength(limits.uploadIdLengthMax, uploadIdError));

/** S3 user guide, "Naming Amazon S3 objects". */
const keyError = { error: 'Give the key that the upload began with.' };
const Key = z.string(keyError).check(z.minLength(1, keyError), z.maxLength(1024, keyError));

export const UploadPath = z.strictObject({ uploadId: UploadId });

const partNumberError = { error: 'Number the parts from 1, in whole numbers.' };

export const PartPath = z.strictObject({
  uploadId: UploadId,
  partNumber: z.pipe(
    z.string(partNumberError).check(z.regex(/^[0-9]{1,5}$/, partNumberError)),
    z.pipe(z.transform(Number), PartNumber),
  ),
});

export const KeyQuery = z.strictObject({ key: Key });

/** Of each file, `name`, `type` and what an application adds; a text each. Others than those that are known are left out. */
const Metadata = z.record(z.string(), z.unknown(), { error: 'Give the metadata as an object of texts.' });

/** `metadata[name]` for each. */
export const FormQuery = z.looseObject({ filename: FileName, type: MediaTypeName });

export const FormAnswer = z.object({
  method: z.literal('POST'),
  url: z.string(),
  fields: z.record(z.string(), z.string()),
  /** Seconds. */
  expires: z.int(),
});

export const CreateRequest = z.looseObject(
  { filename: FileName, type: MediaTypeName, metadata: z.optional(z.nullable(Metadata)) },
  unlessObject('Send a JSON object.'),
);

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
      z
        .array(PartNumber)
        .check(z.maxLength(limits.companionPartsMax, { error: `Ask for at most ${limits.companionPartsMax} parts.` })),
    ),
  ),
});

export const BatchAnswer = z.object({ presignedUrls: z.record(z.string(), z.string()) });

const etagError = { error: 'Give the ETag that the storage answered to the part.' };

const NamedPart = z.looseObject(
  { PartNumber, ETag: z.string(etagError).check(z.maxLength(100, etagError)) },
  unlessObject('Give a part as {"PartNumber": …, "ETag": …}.'),
);

/** ETags with quotes or without. */
export const CompleteRequest = z.looseObject(
  {
    parts: z
      .array(NamedPart, { error: 'Give the parts as a list.' })
      .check(
        z.minLength(1, { error: 'Name at least one part.' }),
        z.maxLength(limits.partsMax, { error: `Name at most ${limits.partsMax} parts.` }),
      ),
  },
  unlessObject('Send a JSON object.'),
);

export const CompleteAnswer = z.object({ location: z.string(), key: z.string(), bucket: z.string() });

export const NoAnswer = z.object({});
