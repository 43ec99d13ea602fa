import * as z from 'zod/mini';
import { Document } from './document.ts';
import { FileName, MediaTypeName, Sha256Hex, SizeBytes, Timestamp } from './fields.ts';
import { metadataShape } from './metadata.ts';
import { RetentionClassName } from './retention.ts';

/**
 * A declaration of a file that a form will send. Who makes the form for a page without JavaScript knows neither size nor
 * hash: what is left out is not held to, but the size to the most that is accepted. `successRedirect`: where the browser
 * goes when the file is stored, a page of one of the environment's origins.
 */
export const FormRequest = z.strictObject({
  fileName: FileName,
  mediaType: MediaTypeName,
  sizeBytes: z.optional(SizeBytes),
  sha256: z.optional(Sha256Hex),
  ...metadataShape,
  retentionClass: z.optional(RetentionClassName),
  successRedirect: z.optional(
    z.url({ error: 'Give the address of a page.' }).check(z.maxLength(1024, { error: 'Shorten the address.' })),
  ),
});

export type FormRequest = z.infer<typeof FormRequest>;

/**
 * A form of `multipart/form-data`: every field of `fields` as it is, then the file in a last one called `file`. S3 takes
 * it once it fits the policy that is signed in it: this key, type, size and these tags. (S3 API reference, "POST Object".)
 */
export const UploadForm = z.object({
  document: Document,
  form: z.object({
    method: z.literal('POST'),
    url: z.string(),
    fields: z.record(z.string(), z.string()),
    expiresAt: Timestamp,
  }),
});

export type UploadForm = z.infer<typeof UploadForm>;
