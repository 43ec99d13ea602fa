import { mediaTypes } from '../../contract/media-types.ts';

/** What people call a media type; the type itself where it has no other name. */
export const labelOf = (mediaType: string): string =>
  Object.entries(mediaTypes).find(([name]) => name === mediaType)?.[1].label ?? mediaType;

/** `PDF, JPEG or PNG`. */
export const labelsInWords = (names: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names.map(labelOf));

/** For the `accept` attribute: a hint to the file chooser only; what is accepted the API decides. */
export const acceptedFiles = (names: readonly string[]): string =>
  Object.entries(mediaTypes)
    .filter(([name]) => names.includes(name))
    .flatMap(([name, { extensions }]) => [name, ...extensions])
    .join(',');
