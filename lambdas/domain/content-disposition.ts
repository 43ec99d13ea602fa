import { type MediaType, mediaTypes } from '../../contract/media-types.ts';
import type { Disposition } from '../../contract/schemas/download.ts';

const controls = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;
const pathCharacters = /[/\\:*?"<>|]/g;
const windowsDeviceNames = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/**
 * A file name that is safe to save under: no control, bidi or zero-width characters (they hide the true extension), no
 * path characters, no device names of Windows, no leading or trailing dots and spaces. It ends in an extension of the
 * verified type, because what a computer does with a file is decided by its name. Never empty.
 */
export const safeFileName = (fileName: string, mediaType: MediaType): string => {
  const name = fileName
    .toWellFormed()
    .normalize('NFC')
    .replace(controls, '')
    .replace(pathCharacters, '_')
    .replace(/^[. ]+|[. ]+$/g, '');
  const stem = name === '' ? 'document' : windowsDeviceNames.test(name) ? `_${name}` : name;
  return hasExtensionOf(mediaType, stem) ? stem : `${stem}${mediaTypes[mediaType].extensions[0]}`;
};

const hasExtensionOf = (mediaType: MediaType, name: string): boolean =>
  mediaTypes[mediaType].extensions.some((extension) => name.toLowerCase().endsWith(extension));

/** RFC 8187 section 3.2.1: everything but attr-char is percent-encoded UTF-8. */
const extendedValue = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * `Content-Disposition` (RFC 6266) with a plain ASCII `filename` for old readers and the true name in `filename*`
 * (RFC 8187). `%` leaves the plain form too: some browsers decode it there. What is shown has a name as well: it is
 * saved under it.
 */
export const contentDisposition = (disposition: Disposition, fileName: string, mediaType: MediaType): string => {
  const name = safeFileName(fileName, mediaType);
  const plain = name.replace(/[^\x20-\x7e]|%/gu, '_');
  return plain === name
    ? `${disposition}; filename="${plain}"`
    : `${disposition}; filename="${plain}"; filename*=UTF-8''${extendedValue(name)}`;
};
