import type { ListFilters } from '../../contract/schemas/list.ts';
import type { DocumentRecord } from './document.ts';

/**
 * Alike for who looks for it: one form of composed characters (NFC), and no capitals. Down and up again, because only
 * capitals are the same wherever they stand: ß becomes SS, and both small sigmas Σ. Accents stay.
 */
export const folded = (text: string): string => text.normalize('NFC').toLowerCase().toUpperCase().normalize('NFC');

const holdsText = (part: string, texts: readonly (string | undefined)[]): boolean =>
  texts.some((text) => text !== undefined && folded(text).includes(folded(part)));

/** Whether a document is what the filters ask for, but for `createdFrom` and `createdTo`: those bound its id. */
export const fits = (filters: ListFilters, { state, mediaType, fileName, metadata = {} }: DocumentRecord): boolean => {
  const { category, tag, documentDateFrom, documentDateTo, text } = filters;
  const { documentDate } = metadata;
  const isDated = documentDateFrom !== undefined || documentDateTo !== undefined;
  return (
    (category === undefined || metadata.category === category) &&
    (filters.state === undefined || state === filters.state) &&
    (filters.mediaType === undefined || mediaType === filters.mediaType) &&
    (tag === undefined || (metadata.tags ?? []).some((each) => each.normalize('NFC') === tag.normalize('NFC'))) &&
    (!isDated || (documentDate !== undefined && isBetween(documentDate, documentDateFrom, documentDateTo))) &&
    (text === undefined || holdsText(text, [metadata.title, fileName]))
  );
};

/** Dates of one form sort as they follow each other. */
const isBetween = (date: string, from = date, to = date): boolean => from <= date && date <= to;

const dayMilliseconds = 86_400_000;

/** How every id of that millisecond begins, and none before: the first 48 bits of a UUIDv7 (RFC 9562 section 5.7). */
const idStartOf = (milliseconds: number): string =>
  Math.max(milliseconds, 0)
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})/, '$1-');

const isDate = (moment: string): boolean => !moment.includes('T');

/** The ids of documents that were created from `createdFrom` to `createdTo`, both inclusive; a date is all of its day. */
export const idBoundsOf = ({ createdFrom, createdTo }: ListFilters) => ({
  ...(createdFrom !== undefined && { from: idStartOf(Date.parse(createdFrom)) }),
  ...(createdTo !== undefined && {
    before: idStartOf(Date.parse(createdTo) + (isDate(createdTo) ? dayMilliseconds : 1)),
  }),
});
