import * as z from 'zod/mini';
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

/** A moment in UTC with milliseconds, RFC 3339. */
export const Timestamp = z.iso.datetime({ precision: 3 });

/** The path of one document. */
export const DocumentPath = z.strictObject({ documentId: DocumentId });
