import { mediaTypes } from '../contract/media-types.ts';
import { transferLimits } from '../contract/transfer-limits.ts';
import { FileError } from './errors.ts';
import type { FileSource } from './source.ts';

export interface FileDescription {
  /** Default: the name of the `File`; a nameless `Blob` needs one. */
  readonly fileName: string;
  /** Default: what the `Blob` says, else what the file name's ending says. */
  readonly mediaType: string;
}

/** A `Blob`, a `File`, or a source of bytes. */
export type Describable = Pick<Blob, 'type' | 'size'> | Pick<FileSource, 'type' | 'name' | 'sizeBytes'>;

export const describeFile = (file: Describable, given: Partial<FileDescription> = {}): FileDescription => {
  const fileName = given.fileName ?? ('name' in file ? String(file.name) : '');
  return { fileName, mediaType: given.mediaType ?? mediaTypeOf(file.type, fileName) };
};

/**
 * Why no environment takes this file, known without reading it or asking the API; `upload` throws it. Undefined where
 * the API decides: its profile may be stricter.
 */
export function refusalOf(file: Describable, given?: Partial<FileDescription>): FileError | undefined {
  const sizeBytes = 'sizeBytes' in file ? file.sizeBytes : file.size;
  if (sizeBytes === 0) return new FileError('empty', 'The file is empty; choose a file with content.');
  if (sizeBytes > transferLimits.objectSizeBytesMax) {
    return new FileError('too-large', 'The file is larger than 48.8 TiB; choose a smaller one.');
  }
  if (Object.hasOwn(mediaTypes, describeFile(file, given).mediaType)) return undefined;
  const labels = Object.values(mediaTypes).map(({ label }) => label);
  const accepted = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(labels);
  return new FileError('media-type', `Files of this type are not accepted. Choose a file of type ${accepted}.`);
}

/** Systems that do not know a type report none; the ending of the name decides then, and the API has the last word. */
function mediaTypeOf(type: string, fileName: string): string {
  const reported = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (reported !== '') return reported;
  const name = fileName.toLowerCase();
  const known = Object.entries(mediaTypes).find(([, { extensions }]) => extensions.some((end) => name.endsWith(end)));
  return known?.[0] ?? 'application/octet-stream';
}
