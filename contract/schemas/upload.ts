import * as z from 'zod/mini';
import { Document } from './document.ts';
import { FileName, MediaTypeName, Sha256Hex, SizeBytes, Timestamp } from './fields.ts';
import { metadataShape } from './metadata.ts';
import { RetentionClassName } from './retention.ts';

/**
 * What a client declares before it uploads: the bytes, of which S3 refuses any others, what they are about, and how long
 * they are kept.
 */
export const UploadRequest = z.strictObject(
  {
    fileName: FileName,
    mediaType: MediaTypeName,
    sizeBytes: SizeBytes,
    sha256: Sha256Hex,
    ...metadataShape,
    retentionClass: z.optional(RetentionClassName),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? 'Send a JSON object.' : undefined) },
);

export type UploadRequest = z.infer<typeof UploadRequest>;

/**
 * One PUT that S3 will accept once, until `expiresAt`. Send every header of `headers` exactly as given and the file as
 * the body; `content-length` is signed too and is the file's size, which every HTTP client sends by itself.
 */
export const SinglePut = z.object({
  kind: z.literal('single-put'),
  method: z.literal('PUT'),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  expiresAt: Timestamp,
});

export type SinglePut = z.infer<typeof SinglePut>;

/**
 * The answer to a request that was sent again, where nothing is to be sent: the bytes came already, or may come no more.
 * The document's state says which; where it still is `pending`, declare the file anew under another key.
 */
export const NoUpload = z.object({ kind: z.literal('none') });

export const UploadInstruction = z.object({
  document: Document,
  upload: z.discriminatedUnion('kind', [SinglePut, NoUpload]),
});

export type UploadInstruction = z.infer<typeof UploadInstruction>;
