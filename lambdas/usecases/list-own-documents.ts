import { routes } from '../../contract/routes.ts';
import type { DocumentList, ListQuery } from '../../contract/schemas/list.ts';
import { mayListOwn } from '../domain/access.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { fail, type Result } from '../domain/result.ts';
import { answerList, type ListDeps } from './answer-list.ts';

const route = `${routes.listOwnDocuments.method} ${routes.listOwnDocuments.path}`;

/** What the caller declared. */
export const listOwnDocuments =
  (deps: ListDeps) =>
  async ({ caller, query }: { caller: Caller; query: ListQuery }): Promise<Result<DocumentList, Failure>> => {
    const { tenantId, subjectId: ownerId } = caller;
    if (!mayListOwn(caller)) return fail({ kind: 'not-permitted' });
    return answerList(deps, { caller, query, route, place: { kind: 'owner', tenantId, ownerId } });
  };
