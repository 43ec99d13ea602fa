import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { Timestamp } from './fields.ts';
import { PartNumber } from './parts.ts';

const uploadIdError = { error: 'Give the id of the upload.' };
const uploadId = z
  .string(uploadIdError)
  .check(z.minLength(1, uploadIdError), z.maxLength(limits.uploadIdLengthMax, uploadIdError));

const ofUpload = <const Operation extends string>(operation: Operation) =>
  z.strictObject({ operation: z.literal(operation), uploadId });

const operations = [
  ...['PutObject', 'CreateMultipartUpload', 'UploadPart', 'ListParts'],
  ...['CompleteMultipartUpload', 'AbortMultipartUpload'],
];

/** A request that a client who speaks S3 itself is about to make, for one declared document. */
export const S3RequestWish = z.discriminatedUnion(
  'operation',
  [
    z.strictObject({ operation: z.literal('PutObject') }),
    z.strictObject({ operation: z.literal('CreateMultipartUpload') }),
    z.strictObject({ operation: z.literal('UploadPart'), uploadId, partNumber: PartNumber }),
    ofUpload('ListParts'),
    ofUpload('CompleteMultipartUpload'),
    ofUpload('AbortMultipartUpload'),
  ],
  {
    error: (issue) =>
      issue.code === 'invalid_union' ? `Choose one of the operations ${operations.join(', ')}.` : 'Send a JSON object.',
  },
);

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
