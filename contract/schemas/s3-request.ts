import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { Timestamp } from './fields.ts';
import { PartNumber } from './parts.ts';

const uploadId = z
  .string({ error: 'Give the id of the upload.' })
  .check(z.minLength(1), z.maxLength(limits.uploadIdLengthMax));

const ofUpload = <const Operation extends string>(operation: Operation) =>
  z.strictObject({ operation: z.literal(operation), uploadId });

/** A request that a client who speaks S3 itself is about to make, for one declared document. */
export const S3RequestWish = z.discriminatedUnion('operation', [
  z.strictObject({ operation: z.literal('PutObject') }),
  z.strictObject({ operation: z.literal('CreateMultipartUpload') }),
  z.strictObject({ operation: z.literal('UploadPart'), uploadId, partNumber: PartNumber }),
  ofUpload('ListParts'),
  ofUpload('CompleteMultipartUpload'),
  ofUpload('AbortMultipartUpload'),
]);

export type S3RequestWish = z.infer<typeof S3RequestWish>;

/** Send it with exactly these headers, and the length that was declared. */
export const SignedS3Request = z.object({
  key: z.string(),
  method: z.enum(['PUT', 'POST', 'GET', 'DELETE']),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  expiresAt: Timestamp,
});

export type SignedS3Request = z.infer<typeof SignedS3Request>;
