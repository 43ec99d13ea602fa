import { routes } from '../../contract/routes.ts';
import type { DocumentList, ListQuery } from '../../contract/schemas/list.ts';
import { mayListOwn, permitsInTenant } from '../domain/access.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { fail, type Result } from '../domain/result.ts';
import { answerList, type ListDeps } from './answer-list.ts';

const route = `${routes.listDocuments.method} ${routes.listDocuments.path}`;

/** All documents of the tenant where the caller's role reaches so far, else the caller's own. */
export const listDocuments =
  (deps: ListDeps) =>
  async ({ caller, query }: { caller: Caller; query: ListQuery }): Promise<Result<DocumentList, Failure>> => {
    const { tenantId, subjectId: ownerId } = caller;
    if (!mayListOwn(caller)) return fail({ kind: 'not-permitted' });
    const place = permitsInTenant('list', caller)
      ? ({ kind: 'tenant', tenantId } as const)
      : ({ kind: 'owner', tenantId, ownerId } as const);
    return answerList(deps, { caller, query, route, place });
  };
