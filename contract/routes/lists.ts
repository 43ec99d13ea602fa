import type { Route } from '../route.ts';
import { DocumentList, ListQuery, SubjectPath } from '../schemas/list.ts';

/** What all lists are alike in. `Link` leads to the next page (RFC 8288). */
const list = {
  scopes: ['documents:read'],
  query: ListQuery,
  response: { status: 200, schema: DocumentList },
  exposes: ['Link'],
  problems: ['not-permitted'],
} as const satisfies Partial<Route>;

/** Documents page by page. */
export const listRoutes = {
  listDocuments: {
    method: 'GET',
    path: '/v1/documents',
    summary: 'The documents of the tenant for who may see them all, else the own ones; newest first',
    function: 'list-documents',
    ...list,
  },
  listOwnDocuments: {
    method: 'GET',
    path: '/v1/me/documents',
    summary: 'The own documents, newest first',
    function: 'list-own-documents',
    ...list,
  },
  listSubjectDocuments: {
    method: 'GET',
    path: '/v1/subjects/{subjectType}/{subjectId}/documents',
    summary: 'The documents about one record, newest first; patients may ask for those about themselves',
    function: 'list-subject-documents',
    params: SubjectPath,
    ...list,
  },
} as const satisfies Record<string, Route>;
