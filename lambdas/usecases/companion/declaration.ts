import * as z from 'zod/mini';
import { Sha256Hex, SizeBytes } from '../../../contract/schemas/fields.ts';
import { Metadata } from '../../../contract/schemas/metadata.ts';
import { RetentionClassName } from '../../../contract/schemas/retention.ts';
import type { Declaration } from '../../domain/declare.ts';
import type { Failure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';

/** What Uppy's clients say of a file: its name, its type, and what the application added, as texts. */
export interface UppyFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const Known = z.object({
  ...Metadata.shape,
  sizeBytes: z.optional(SizeBytes),
  sha256: z.optional(Sha256Hex),
  retentionClass: z.optional(RetentionClassName),
});

const number = (text: string): number => (/^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN);

/** Fields that are no texts, written as one: `tags` with commas between them, `subject` as `patient/p-2041`. */
const read: Readonly<Record<string, (text: string) => unknown>> = {
  sizeBytes: number,
  tags: (text) => text.split(',').map((tag) => tag.trim()),
  subject: (text) => ({ type: text.split('/', 1)[0], id: text.slice(text.indexOf('/') + 1) }),
  attributes: (text) => text,
};

/**
 * Reads what is known here of Uppy's metadata, and leaves out what is not, which is most of it (`relativePath`, captions
 * of plugins). Whoever gives `sizeBytes` and `sha256` has S3 held to them; without, the file is what comes.
 */
export const declarationOf = (file: UppyFile, sizeBytesMax: number): Result<Declaration, Failure> => {
  const { fileName, mediaType, metadata } = file;
  const given = Object.entries(metadata).flatMap(([name, value]) => {
    if (!Object.hasOwn(Known.shape, name) || typeof value !== 'string' || value === '') return [];
    return [[name, read[name]?.(value) ?? value]];
  });
  const parsed = z.safeParse(Known, Object.fromEntries(given));
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({
      pointer: `/metadata/${path.map(String).join('/')}`,
      detail: message,
    }));
    return fail({ kind: 'invalid-request', errors: errors.slice(0, 20) });
  }
  const { sizeBytes, ...known } = parsed.data;
  return ok({
    fileName,
    mediaType,
    ...known,
    sizeBytes: sizeBytes ?? sizeBytesMax,
    ...(sizeBytes === undefined && { isSizeOpen: true as const }),
  });
};
