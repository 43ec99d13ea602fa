import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { Problem } from '../problems.ts';
import { Document } from './document.ts';
import {
  ChecksumAlgorithmName,
  FileName,
  MediaTypeName,
  Sha256Hex,
  SizeBytes,
  Timestamp,
  unlessObject,
} from './fields.ts';
import { metadataShape } from './metadata.ts';
import { RetentionClassName } from './retention.ts';

/**
 * How a file that needs no parts is brought. A browser asks the storage beforehand for every `put` (a CORS preflight, a
 * round trip for each file), and for a `form` never.
 */
export const transfers = ['put', 'form'] as const;

/**
 * What a client declares before it uploads: the bytes, of which S3 refuses any others, what they are about, and how long
 * they are kept. A file of at most `multipart.aboveSizeBytes` of the profile is declared with its `sha256`; a larger one
 * goes up in parts and without it, by the checksum that `checksumAlgorithm` names, SHA256 unless said otherwise.
 * `transfer` says what the client would rather do with a file that needs no parts; absent: a PUT.
 */
export const UploadRequest = z.strictObject(
  {
    fileName: FileName,
    mediaType: MediaTypeName,
    sizeBytes: SizeBytes,
    sha256: z.optional(Sha256Hex),
    checksumAlgorithm: z.optional(ChecksumAlgorithmName),
    transfer: z.optional(z.enum(transfers, { error: `Choose one of ${transfers.join(' and ')}.` })),
    ...metadataShape,
    retentionClass: z.optional(RetentionClassName),
  },
  unlessObject('Send a JSON object.'),
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
 * One form of `multipart/form-data` that S3 will accept until `expiresAt`: every field of `fields` as it is, then the
 * file in a last one called `file`. Key, type, size, SHA-256 and tags are signed in its policy; it answers 201.
 * `dualStackUrl` is another name of the same bucket, for IPv4 and IPv6, and takes the same form: browsers open six connections
 * to each.
 */
export const FormPost = z.object({
  kind: z.literal('form-post'),
  method: z.literal('POST'),
  url: z.string(),
  dualStackUrl: z.optional(z.string()),
  fields: z.record(z.string(), z.string()),
  expiresAt: Timestamp,
});

export type FormPost = z.infer<typeof FormPost>;

/**
 * An upload in parts, numbered from 1 to `partsCount`; all but the last have `partSizeBytes`. Links to send them are had
 * from `POST …/parts`, as often as need be, until `expiresAt`.
 */
export const MultipartUpload = z.object({
  kind: z.literal('multipart'),
  partSizeBytes: z.int(),
  partsCount: z.int(),
  checksumAlgorithm: ChecksumAlgorithmName,
  expiresAt: Timestamp,
});

export type MultipartUpload = z.infer<typeof MultipartUpload>;

/**
 * The answer to a request that was sent again, where nothing is to be sent: the bytes came already, or may come no more.
 * The document's state says which; where it still is `pending`, declare the file anew under another key.
 */
export const NoUpload = z.object({ kind: z.literal('none') });

export const UploadInstruction = z.object({
  document: Document,
  upload: z.discriminatedUnion('kind', [SinglePut, FormPost, MultipartUpload, NoUpload]),
});

export type UploadInstruction = z.infer<typeof UploadInstruction>;

/** Many declarations at once; each is accepted or refused by itself. */
export const UploadRequests = z.strictObject(
  {
    documents: z.array(UploadRequest, { error: 'Give the documents as a list of declarations.' }).check(
      z.minLength(1, { error: 'Declare at least one document.' }),
      z.maxLength(limits.batchDocumentsMax, {
        error: `Declare at most ${limits.batchDocumentsMax} documents at once.`,
      }),
    ),
  },
  unlessObject('Send a JSON object.'),
);

export type UploadRequests = z.infer<typeof UploadRequests>;

/** In the order in which they were declared: what `POST /v1/documents` would answer to each, a problem where it refuses. */
export const UploadInstructions = z.object({
  results: z.array(z.union([UploadInstruction, z.object({ problem: Problem })])),
});

export type UploadInstructions = z.infer<typeof UploadInstructions>;
