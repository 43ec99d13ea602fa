import { Busboy, type BusboyInstance } from '@fastify/busboy';

/** Fields before the file, by their name in lower case; S3 compares names without case, values with it. */
export type FormFields = ReadonlyMap<string, FormField>;

export interface FormField {
  /** As the form spells it. */
  readonly name: string;
  readonly value: string;
}

/** What a multipart form has said so far. It holds the bytes of one chunk at most. */
export interface FormParser {
  readonly fields: FormFields;
  readonly fieldsSizeBytes: number;
  /** A name that came twice before the file. */
  readonly repeatedField: string | undefined;
  readonly fileCount: number;
  readonly fileName: string | undefined;
  readonly isMalformed: boolean;
  /** Bytes of the file since the last call. */
  takeFileBytes(): readonly Buffer[];
  feed(chunk: Buffer): Promise<void>;
  end(): Promise<void>;
}

/** Undefined where the content type names no boundary. Only a part with the name `file` is the file. */
export function openFormParser(contentType: string, fieldSizeBytesMax: number): FormParser | undefined {
  const busboy = tryOpen(contentType, fieldSizeBytesMax);
  if (busboy === undefined) return undefined;
  const fields = new Map<string, FormField>();
  let pieces: Buffer[] = [];
  const seen = { fieldsSizeBytes: 0, fileCount: 0, isMalformed: false };
  const names: { repeatedField?: string; fileName?: string } = {};
  busboy.on('field', (name: string | undefined, value, _, isTruncated) => {
    if (seen.fileCount > 0) return;
    // A character that stands for bytes which are no UTF-8 would make two names one.
    if (name === undefined || isTruncated || `${name}${value}`.includes('\ufffd')) seen.isMalformed = true;
    const field = { name: name ?? '', value };
    if (fields.has(field.name.toLowerCase())) names.repeatedField = field.name;
    fields.set(field.name.toLowerCase(), field);
    seen.fieldsSizeBytes += Buffer.byteLength(field.name) + Buffer.byteLength(value);
  });
  busboy.on('file', (_name, stream, fileName: string | undefined) => {
    seen.fileCount += 1;
    stream.on('error', () => {
      seen.isMalformed = true;
    });
    if (seen.fileCount > 1) return void stream.resume();
    if (fileName !== undefined) names.fileName = fileName;
    stream.on('data', (piece: Buffer) => pieces.push(piece));
  });
  let release: (() => void) | undefined;
  busboy.on('finish', () => release?.());
  busboy.on('error', () => {
    seen.isMalformed = true;
    release?.();
  });
  /** After a mistake it may never call back. */
  const until = (work: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      release = resolve;
      if (seen.isMalformed) resolve();
      else work(resolve);
    });
  return {
    fields,
    get fieldsSizeBytes() {
      return seen.fieldsSizeBytes;
    },
    get repeatedField() {
      return names.repeatedField;
    },
    get fileCount() {
      return seen.fileCount;
    },
    get fileName() {
      return names.fileName;
    },
    get isMalformed() {
      return seen.isMalformed;
    },
    takeFileBytes: () => {
      const taken = pieces;
      pieces = [];
      return taken;
    },
    feed: (chunk) => until((done) => busboy.write(chunk, () => done())),
    end: () => until(() => busboy.end()),
  };
}

function tryOpen(contentType: string, fieldSize: number): BusboyInstance | undefined {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      isPartAFile: (name) => name?.toLowerCase() === 'file',
      preservePath: true,
      limits: { fieldSize },
    });
  } catch {
    // It throws for nothing but a content type without a boundary.
    return undefined;
  }
}
