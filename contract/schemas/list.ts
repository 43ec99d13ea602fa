import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { documentStates } from '../states.ts';
import { Document } from './document.ts';
import { MediaTypeName } from './fields.ts';
import { Category, DocumentDate, line, SubjectId, SubjectType, Tag } from './metadata.ts';

const limitError = `limit is a whole number from 1 to ${limits.listLimitMax}.`;

/** Said of every cursor that is not to be used, whatever is wrong with it: who tries out cursors learns nothing. */
export const notOurCursor =
  'This is not a cursor of this list. Send nextCursor of the page before unchanged, with the same query, or start anew.';

const momentError =
  'Give a date as YYYY-MM-DD, or a time as YYYY-MM-DDThh:mm:ss.sssZ, milliseconds at most. A + in an offset is %2B.';

/** RFC 3339: a date, which is the whole of that day in UTC, or a time of milliseconds at most, as documents have. */
const Moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], { error: momentError })
  .check(z.refine((text) => !/\.\d{4}/.test(text), { error: momentError }));

/** Every filter must hold. Ranges include both their ends; either end may be left out. */
const filters = {
  category: z.optional(Category),
  state: z.optional(z.enum(documentStates, { error: `Choose one of ${documentStates.join(', ')}.` })),
  /** One of the document's tags, letter by letter. */
  tag: z.optional(Tag),
  mediaType: z.optional(MediaTypeName),
  createdFrom: z.optional(Moment),
  createdTo: z.optional(Moment),
  documentDateFrom: z.optional(DocumentDate),
  documentDateTo: z.optional(DocumentDate),
  /** Part of the title or of the file's name, in capitals or not; accents count. */
  text: z.optional(line('the text to look for', limits.searchTextLengthMax)),
};

/** `limit`: documents per page at most. `cursor`: `nextCursor` of the page before, unchanged, with the same filters. */
export const ListQuery = z.strictObject({
  limit: z.optional(
    z.pipe(
      z.pipe(z.string().check(z.regex(/^[0-9]{1,3}$/, { error: limitError })), z.transform(Number)),
      z.number().check(z.minimum(1, { error: limitError }), z.maximum(limits.listLimitMax, { error: limitError })),
    ),
  ),
  cursor: z.optional(
    z
      .string()
      .check(z.minLength(1, { error: notOurCursor }), z.maxLength(limits.cursorLengthMax, { error: notOurCursor })),
  ),
  ...filters,
});

export type ListQuery = z.infer<typeof ListQuery>;

export type ListFilters = Omit<ListQuery, 'limit' | 'cursor'>;

/** The record whose documents are asked for. */
export const SubjectPath = z.strictObject({ subjectType: SubjectType, subjectId: SubjectId });

export type SubjectPath = z.infer<typeof SubjectPath>;

/**
 * One page, newest first. With filters a page may hold fewer than `limit` documents, even none, and still have a
 * `nextCursor`: a page looks at `listExaminedMax` documents at most. Only where `nextCursor` is absent the list ends.
 *
 * `totals`: what the owner, or the tenant, holds in documents that are pending, being checked, available, or can be
 * restored. On the first page of the own documents and of the tenant's, without filters, where quotas are counted; the
 * counters may say too much for a day, never too little.
 */
export const DocumentList = z.object({
  documents: z.array(Document),
  totals: z.optional(z.object({ documents: z.int(), sizeBytes: z.int() })),
  nextCursor: z.optional(z.string()),
});

export type DocumentList = z.infer<typeof DocumentList>;
