import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { ChecksumAlgorithmName, ChecksumValue, Timestamp, unlessObject } from './fields.ts';

export const PartNumber = z
  .int({ error: 'Number the parts from 1, in whole numbers.' })
  .check(
    z.minimum(1, { error: 'The first part has the number 1.' }),
    z.maximum(limits.partsMax, { error: `An upload has at most ${limits.partsMax} parts.` }),
  );

const AskedPart = z.strictObject(
  { partNumber: PartNumber, checksum: z.optional(ChecksumValue) },
  unlessObject('Give a part as {"partNumber": …, "checksum": …}.'),
);

/** The parts to sign: with their checksums, which S3 then holds each of them to, or all without. */
export const PartsRequest = z.strictObject(
  {
    parts: z.array(AskedPart, { error: 'Give the parts as a list.' }).check(
      z.minLength(1, { error: 'Name at least one part.' }),
      z.maxLength(limits.partsMax, { error: `Name at most ${limits.partsMax} parts.` }),
      z.refine((parts) => new Set(parts.map(({ partNumber }) => partNumber)).size === parts.length, {
        error: 'Name each part once.',
      }),
      z.refine((parts) => new Set(parts.map(({ checksum }) => checksum === undefined)).size <= 1, {
        error: 'Give the checksums of all parts, or of none.',
      }),
    ),
  },
  unlessObject('Send a JSON object.'),
);

export type PartsRequest = z.infer<typeof PartsRequest>;

/**
 * A signed PUT for each of the parts, good until `expiresAt`. The URL of a part is `urlTemplate` with `{partNumber}` and
 * `{signature}` put in; `signatures` stand in the order in which the parts were asked for. (As URLs, 10,000 of them
 * would be 22 MB.) Each goes with `headers` and, where checksums were given, its own in `checksumHeader`; its length is
 * signed too.
 */
export const PartLinks = z.object({
  method: z.literal('PUT'),
  urlTemplate: z.string(),
  headers: z.record(z.string(), z.string()),
  checksumHeader: z.optional(z.string()),
  signatures: z.readonly(z.array(z.string())),
  expiresAt: Timestamp,
});

export type PartLinks = z.infer<typeof PartLinks>;

/** A part as S3 holds it; `checksum` of the upload's algorithm. */
export const StoredPart = z.object({
  partNumber: z.int(),
  sizeBytes: z.int(),
  etag: z.string(),
  checksum: z.optional(ChecksumValue),
});

export type StoredPart = z.infer<typeof StoredPart>;

/** What of an upload is at S3 already, by the numbers of the parts. */
export const PartList = z.object({
  partSizeBytes: z.int(),
  partsCount: z.int(),
  checksumAlgorithm: ChecksumAlgorithmName,
  expiresAt: Timestamp,
  parts: z.array(StoredPart),
});

export type PartList = z.infer<typeof PartList>;

/**
 * What all parts together must be: of SHA256 the hash over the parts' 32-byte hashes in their order, of CRC64NVME that
 * of the whole file. Without it only the parts are held to theirs.
 */
export const CompletionRequest = z.strictObject(
  { checksum: z.optional(ChecksumValue) },
  unlessObject('Send a JSON object.'),
);

export type CompletionRequest = z.infer<typeof CompletionRequest>;
