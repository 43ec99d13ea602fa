import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { Timestamp } from './fields.ts';
import { PartNumber } from './parts.ts';

const uploadIdError = { error: 'Give the id of the upload.' };
const uploadId = z
  .string(uploadIdError)
  .check(z.minLength(1, uploadIdError), z.maxLength(limits.uploadIdLengthMax, uploadIdError));

const crc64nvme = z.optional(
  z
    .string({ error: 'Give the CRC-64/NVME in base64, as S3 writes it.' })
    .check(z.regex(/^[A-Za-z0-9+/]{11}=$/, { error: 'A CRC-64/NVME is base64 of 8 bytes.' })),
);

const ofUpload = <const Operation extends string>(operation: Operation) =>
  z.strictObject({ operation: z.literal(operation), uploadId });

const operations = [
  ...['PutObject', 'CreateMultipartUpload', 'UploadPart', 'ListParts'],
  ...['CompleteMultipartUpload', 'AbortMultipartUpload'],
];

/**
 * A request that a client who speaks S3 itself is about to make, for one declared document. Where `crc64nvme` is given, of
 * a part or of the whole file, S3 refuses any other bytes.
 */
export const S3RequestWish = z.discriminatedUnion(
  'operation',
  [
    z.strictObject({ operation: z.literal('PutObject') }),
    z.strictObject({ operation: z.literal('CreateMultipartUpload') }),
    z.strictObject({ operation: z.literal('UploadPart'), uploadId, partNumber: PartNumber, crc64nvme }),
    ofUpload('ListParts'),
    z.strictObject({ operation: z.literal('CompleteMultipartUpload'), uploadId, crc64nvme }),
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
