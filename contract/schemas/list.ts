import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { Document } from './document.ts';

const limitError = `limit is a whole number from 1 to ${limits.listLimitMax}.`;

/** Said of every cursor that is not to be used, whatever is wrong with it: who tries out cursors learns nothing. */
export const notOurCursor =
  'This is not a cursor of this list. Send nextCursor of the page before unchanged, with the same query, or start anew.';

/** `limit`: documents per page. `cursor`: `nextCursor` of the page before, unchanged. */
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
});

export type ListQuery = z.infer<typeof ListQuery>;

/** One page, newest first. `nextCursor` is absent on the last page. */
export const DocumentList = z.object({
  documents: z.array(Document),
  nextCursor: z.optional(z.string()),
});

export type DocumentList = z.infer<typeof DocumentList>;
