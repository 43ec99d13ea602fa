import { limits } from '../../contract/limits.ts';
import { type DocumentList, type ListQuery, notOurCursor } from '../../contract/schemas/list.ts';
import { permits } from '../domain/access.ts';
import { type CursorScope, isGenuine, parseCursor, sealCursor } from '../domain/cursor.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { fits, idBoundsOf } from '../domain/filters.ts';
import { nextLink } from '../domain/next-link.ts';
import { isIn, type Place } from '../domain/place.ts';
import { fail, ok, okWith, type Result } from '../domain/result.ts';
import { viewOf } from '../domain/view.ts';
import type { CursorKeys, Documents } from '../ports.ts';
import { readPage } from './read-page.ts';
import { readTotals, type TotalsDeps } from './read-totals.ts';

export interface ListDeps {
  readonly documents: Pick<Documents, 'list'>;
  readonly cursorKeys: CursorKeys;
  /** Of lists that may say how much there is. */
  readonly totals?: TotalsDeps;
}

export interface ListRequest {
  readonly caller: Caller;
  readonly query: ListQuery;
  /** Method and path as they were asked, parameters filled in: a cursor is good for this one list. */
  readonly route: string;
  readonly place: Place;
}

/** Undefined for every cursor that was not given out for this list, whatever is wrong with it. */
const openCursor = async (keys: CursorKeys, cursor: string, scope: CursorScope): Promise<string | undefined> => {
  const parsed = parseCursor(cursor);
  const key = parsed && (await keys.find(parsed.keyId));
  return parsed && key && isGenuine(parsed, scope, key) ? parsed.documentId : undefined;
};

/** One page of a place, newest first: of what the caller may see there, what fits the filters. */
export const answerList = async (
  { documents, cursorKeys, totals }: ListDeps,
  { caller, query, route, place }: ListRequest,
): Promise<Result<DocumentList, Failure>> => {
  const { limit = limits.listLimitDefault, cursor, ...filters } = query;
  const scope: CursorScope = { caller, route, filters };
  const cursorBefore = cursor === undefined ? undefined : await openCursor(cursorKeys, cursor, scope);
  if (cursor !== undefined && cursorBefore === undefined)
    return fail({ kind: 'invalid-request', errors: [{ pointer: 'query:cursor', detail: notOurCursor }] });

  const bounds = idBoundsOf(filters);
  const { records, nextBefore } = await readPage(
    documents,
    { place, limit, from: bounds.from, before: cursorBefore ?? bounds.before },
    // The index may be behind: what was moved away a moment ago is not shown, least of all to who may not see it now.
    (record) => isIn(place, record) && permits('list', caller, record) && fits(filters, record),
  );
  // Not beside the page: whichever failed, the other would go on after the answer, in a function that may be frozen.
  const usage = totals && (await readTotals(totals, place, query));
  const page = { documents: records.map(viewOf), ...(usage && { totals: usage }) };
  if (nextBefore === undefined) return ok(page);
  const nextCursor = sealCursor(nextBefore, scope, await cursorKeys.current());
  return okWith({ ...page, nextCursor }, { Link: nextLink(query, nextCursor) });
};
