import * as z from 'zod/mini';
import { checksumAlgorithms, checksumTypes } from '../checksums.ts';
import { limits } from '../limits.ts';

/** Messages are sentences for the person who sent the field; `errors[].detail` of a problem carries them. */

export const DocumentId = z.string({ error: 'Give the id of a document.' }).check(
  z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, {
    error: 'A document id is a UUIDv7 in lower case.',
  }),
);

export const FileName = z.string({ error: 'Give the name of the file as text.' }).check(
  z.minLength(1, { error: 'Give the name of the file; it is empty.' }),
  z.maxLength(limits.fileNameLengthMax, {
    error: `Shorten the name of the file to at most ${limits.fileNameLengthMax} characters.`,
  }),
);

/** RFC 6838 type/subtype in lower case, without parameters. Whether it is accepted is the profile's decision. */
export const MediaTypeName = z.string({ error: 'Give the media type of the file, for example application/pdf.' }).check(
  z.regex(/^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/, {
    error: 'A media type is type/subtype in lower case without parameters, for example application/pdf.',
  }),
);

export const SizeBytes = z
  .int({ error: 'Give the size of the file as a whole number of bytes.' })
  .check(z.minimum(1, { error: 'The file is empty; choose a file with content.' }));

export const Sha256Hex = z
  .string({ error: 'Give the SHA-256 of the file: 64 hexadecimal digits in lower case.' })
  .check(
    z.regex(/^[0-9a-f]{64}$/, { error: 'A SHA-256 is 64 hexadecimal digits in lower case, as sha256sum prints it.' }),
  );

/** Of an object: what to give in place of what is none. What its fields lack they say themselves. */
export const unlessObject = (detail: string) => ({
  error: (issue: { readonly code?: string }) => (issue.code === 'invalid_type' ? detail : undefined),
});

export const ChecksumAlgorithmName = z.enum(checksumAlgorithms, {
  error: `Choose one of the checksums ${checksumAlgorithms.join(' and ')}.`,
});

/** A checksum as S3 writes it: base64 of 32 bytes (SHA-256) or of 8 (CRC-64/NVME, most significant byte first). */
export const ChecksumValue = z.string({ error: 'Give the checksum in base64, as S3 writes it.' }).check(
  z.regex(/^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{11}=)$/, {
    error: 'A checksum is base64 of 32 bytes (SHA-256) or of 8 bytes (CRC-64/NVME).',
  }),
);

/**
 * What S3 keeps of an object. `COMPOSITE`: SHA-256 over the SHA-256s of the parts, without the number of parts that S3
 * puts behind it; `partSizeBytes` says where all parts but the last have that size, so that anybody can reckon it again.
 */
export const Checksum = z.object({
  algorithm: ChecksumAlgorithmName,
  type: z.enum(checksumTypes),
  value: ChecksumValue,
  partSizeBytes: z.optional(z.int()),
});

export type Checksum = z.infer<typeof Checksum>;

/** A moment in UTC with milliseconds, RFC 3339. */
export const Timestamp = z.iso.datetime({ precision: 3 });

/** The path of one document. */
export const DocumentPath = z.strictObject({ documentId: DocumentId });
