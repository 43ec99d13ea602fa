import { limits } from '../contract/limits.ts';
import { mediaTypes } from '../contract/media-types.ts';
import { FileError } from './errors.ts';

export interface FileDescription {
  /** Default: the name of the `File`; a nameless `Blob` needs one. */
  readonly fileName: string;
  /** Default: what the `Blob` says, else what the file name's ending says. */
  readonly mediaType: string;
}

export const describeFile = (file: Blob, given: Partial<FileDescription> = {}): FileDescription => {
  const fileName = given.fileName ?? (file instanceof File ? file.name : '');
  return { fileName, mediaType: given.mediaType ?? mediaTypeOf(file, fileName) };
};

/**
 * Why no environment takes this file, known without reading it or asking the API; `upload` throws it. Undefined where
 * the API decides: its profile may be stricter.
 */
export function refusalOf(file: Blob, given?: Partial<FileDescription>): FileError | undefined {
  if (file.size === 0) return new FileError('empty', 'The file is empty; choose a file with content.');
  if (file.size > limits.singlePutSizeBytesMax) {
    return new FileError('too-large', 'The file is larger than 5 GiB; choose a smaller one.');
  }
  if (Object.hasOwn(mediaTypes, describeFile(file, given).mediaType)) return undefined;
  const labels = Object.values(mediaTypes).map(({ label }) => label);
  const accepted = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(labels);
  return new FileError('media-type', `Files of this type are not accepted. Choose a file of type ${accepted}.`);
}

/** Systems that do not know a type report none; the ending of the name decides then, and the API has the last word. */
function mediaTypeOf(file: Blob, fileName: string): string {
  const reported = file.type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (reported !== '') return reported;
  const name = fileName.toLowerCase();
  const known = Object.entries(mediaTypes).find(([, { extensions }]) => extensions.some((end) => name.endsWith(end)));
  return known?.[0] ?? 'application/octet-stream';
}
