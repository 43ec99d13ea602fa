import { routes } from '../../contract/routes.ts';
import type { DocumentList, ListQuery, SubjectPath } from '../../contract/schemas/list.ts';
import { mayListAbout } from '../domain/access.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { fail, type Result } from '../domain/result.ts';
import { answerList, type ListDeps } from './answer-list.ts';

const { method, path } = routes.listSubjectDocuments;

/** With its subject, which cannot hold a `/`: a cursor is good for one subject's list. */
const routeOf = ({ subjectType, subjectId }: SubjectPath): string =>
  `${method} ${path.replace('{subjectType}', subjectType).replace('{subjectId}', subjectId)}`;

/** What is about one record. Whether there is such a record is not known here, so nobody learns it. */
export const listSubjectDocuments =
  (deps: ListDeps) =>
  async (input: { caller: Caller; params: SubjectPath; query: ListQuery }): Promise<Result<DocumentList, Failure>> => {
    const { caller, params, query } = input;
    const subject = { type: params.subjectType, id: params.subjectId };
    if (!mayListAbout(caller, subject)) return fail({ kind: 'not-permitted' });
    const place = { kind: 'subject', tenantId: caller.tenantId, subject } as const;
    return answerList(deps, { caller, query, route: routeOf(params), place });
  };
