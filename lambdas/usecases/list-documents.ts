import { limits } from '../../contract/limits.ts';
import { routes } from '../../contract/routes.ts';
import { type DocumentList, type ListQuery, notOurCursor } from '../../contract/schemas/list.ts';
import { type CursorScope, isGenuine, parseCursor, sealCursor } from '../domain/cursor.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { viewOf } from '../domain/view.ts';
import type { CursorKeys, Documents } from '../ports.ts';

const route = `${routes.listDocuments.method} ${routes.listDocuments.path}`;

/** Undefined for every cursor that was not given out for this list, whatever is wrong with it. */
const openCursor = async (keys: CursorKeys, cursor: string, scope: CursorScope): Promise<string | undefined> => {
  const parsed = parseCursor(cursor);
  const key = parsed && (await keys.find(parsed.keyId));
  return parsed && key && isGenuine(parsed, scope, key) ? parsed.documentId : undefined;
};

/** One page of the caller's own documents, newest first. */
export const listDocuments =
  (deps: { documents: Documents; cursorKeys: CursorKeys }) =>
  async (input: { caller: Caller; query: ListQuery }): Promise<Result<DocumentList, Failure>> => {
    const { caller, query } = input;
    const { limit = limits.listLimitDefault, cursor, ...filters } = query;
    const scope: CursorScope = { caller, route, filters };
    const before = cursor === undefined ? undefined : await openCursor(deps.cursorKeys, cursor, scope);
    if (cursor !== undefined && before === undefined)
      return fail({ kind: 'invalid-request', errors: [{ pointer: 'query:cursor', detail: notOurCursor }] });

    const page = await deps.documents.listByOwner({
      tenantId: caller.tenantId,
      ownerId: caller.subjectId,
      limit,
      ...(before !== undefined && { before }),
    });
    const { nextBefore } = page;
    return ok({
      documents: page.records.map(viewOf),
      ...(nextBefore !== undefined && {
        nextCursor: sealCursor(nextBefore, scope, await deps.cursorKeys.current()),
      }),
    });
  };
