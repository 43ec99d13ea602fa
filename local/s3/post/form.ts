import type { IncomingMessage } from 'node:http';
import { invalidArgument, notImplemented, Refusal } from '../refusal.ts';
import { type FormFields, type FormParser, openFormParser } from './form-parser.ts';

/** "The form data and boundaries (excluding the contents of the file) cannot exceed 20 KB." */
const preDataSizeBytesMax = 20 * 1024;

/** A form that was read up to its file. */
export interface Form {
  readonly fields: FormFields;
  /** Undefined where the part of the file says none. */
  readonly fileName: string | undefined;
  /** Streams the file and reads what comes after it. What `write` answers with ends the reading. */
  readFile(write: (chunk: Buffer) => Promise<Refusal | undefined>): Promise<Refusal | undefined>;
}

const malformed = (): Refusal => new Refusal('MalformedPOSTRequest');

/**
 * Reads `multipart/form-data` as "POST Object" has it: fields, then one file; fields after the file are ignored. Nothing
 * is read ahead of `readFile`, and at most a chunk is held.
 */
export async function readForm(incoming: IncomingMessage, contentType: string): Promise<Form | Refusal> {
  const parser = openFormParser(contentType, preDataSizeBytesMax);
  if (parser === undefined) return malformed();
  const chunks: AsyncIterator<Buffer> = incoming.iterator({ destroyOnReturn: false });
  let sizeBytes = 0;
  for (let isAtEnd = false; parser.fileCount === 0; ) {
    if (isAtEnd) return withoutFile(parser);
    const chunk = await nextChunk(incoming, chunks);
    if (chunk instanceof Refusal) return chunk;
    isAtEnd = chunk === undefined;
    sizeBytes += chunk?.length ?? 0;
    await (chunk === undefined ? parser.end() : parser.feed(chunk));
    const isTooLarge = parser.fieldsSizeBytes > preDataSizeBytesMax;
    if (isTooLarge || (parser.fileCount === 0 && sizeBytes > preDataSizeBytesMax)) return tooMuchBeforeFile();
    if (parser.isMalformed) return malformed();
  }
  if (parser.repeatedField !== undefined) return notImplemented(`the form field ${parser.repeatedField} given twice`);
  const { fields, fileName } = parser;
  return { fields, fileName, readFile: (write) => readFile(parser, () => nextChunk(incoming, chunks), write) };
}

async function readFile(
  parser: FormParser,
  next: () => Promise<Buffer | undefined | Refusal>,
  write: (chunk: Buffer) => Promise<Refusal | undefined>,
): Promise<Refusal | undefined> {
  for (let isAtEnd = false; ; ) {
    for (const piece of parser.takeFileBytes()) {
      const refusal = await write(piece);
      if (refusal) return refusal;
    }
    if (parser.isMalformed) return malformed();
    if (parser.fileCount > 1) return new Refusal('IncorrectNumberOfFilesInPostRequest');
    if (isAtEnd) return undefined;
    const chunk = await next();
    if (chunk instanceof Refusal) return chunk;
    isAtEnd = chunk === undefined;
    await (chunk === undefined ? parser.end() : parser.feed(chunk));
  }
}

/** Undefined at the end. A connection that breaks is no end. */
async function nextChunk(
  incoming: IncomingMessage,
  chunks: AsyncIterator<Buffer>,
): Promise<Buffer | undefined | Refusal> {
  try {
    const { done, value } = await chunks.next();
    return done ? undefined : value;
  } catch (error) {
    if (incoming.complete || !incoming.destroyed) throw error;
    return new Refusal('IncompleteBody');
  }
}

const withoutFile = (parser: FormParser): Refusal =>
  parser.isMalformed
    ? malformed()
    : invalidArgument('POST requires exactly one file upload per request.', 'file', String(parser.fileCount));

const tooMuchBeforeFile = (): Refusal =>
  new Refusal('MaxPostPreDataLengthExceeded', undefined, { MaxPostPreDataLengthBytes: preDataSizeBytesMax });
