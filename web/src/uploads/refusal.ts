import { describeFile, FileError, refusalOf, type SealdropError } from '../../../client/index.ts';
import type { Settings } from '../../../contract/schemas/settings.ts';
import { tooLargeInWords, wrongTypeInWords } from '../words.ts';

/**
 * Why a file will not be taken here, known from the settings before a byte of it is read. Undefined where nothing is known
 * against it; the API has the last word.
 */
export function refusalBy(settings: Settings | undefined, file: File): SealdropError | undefined {
  const refusal = refusalOf(file);
  if (refusal !== undefined || settings === undefined) return refusal;
  const { sizeBytesMax, mediaTypes } = settings;
  if (file.size > sizeBytesMax) return new FileError('too-large', tooLargeInWords(sizeBytesMax));
  const accepted = mediaTypes.map(({ name }) => name);
  if (accepted.some((name) => name === describeFile(file).mediaType)) return undefined;
  return new FileError('media-type', wrongTypeInWords(accepted));
}
