import { limits } from '../../contract/limits.ts';
import type { DocumentList, ListQuery } from '../../contract/schemas/list.ts';
import { decodeCursor, encodeCursor } from '../domain/cursor.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { viewOf } from '../domain/view.ts';
import type { Documents } from '../ports.ts';

const notOurs = 'This is not a cursor of ours. Send nextCursor of the page before unchanged, or leave it out.';

/** One page of the caller's own documents, newest first. */
export const listDocuments =
  (deps: { documents: Documents }) =>
  async (input: { caller: Caller; query: ListQuery }): Promise<Result<DocumentList, Failure>> => {
    const { limit = limits.listLimitDefault, cursor } = input.query;
    const before = cursor === undefined ? undefined : decodeCursor(cursor);
    if (cursor !== undefined && before === undefined)
      return fail({ kind: 'invalid-request', errors: [{ pointer: 'query:cursor', detail: notOurs }] });

    const page = await deps.documents.listByOwner({
      tenantId: input.caller.tenantId,
      ownerId: input.caller.subjectId,
      limit,
      ...(before !== undefined && { before }),
    });
    return ok({
      documents: page.records.map(viewOf),
      ...(page.nextBefore !== undefined && { nextCursor: encodeCursor(page.nextBefore) }),
    });
  };
