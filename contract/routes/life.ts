import { entityTagOf } from '../entity-tag.ts';
import type { Route } from '../route.ts';
import { Document } from '../schemas/document.ts';
import { DocumentPath } from '../schemas/fields.ts';
import { History } from '../schemas/history.ts';

/** What happens to a document, and happened. */
export const lifeRoutes = {
  getHistory: {
    method: 'GET',
    path: '/v1/documents/{documentId}/history',
    summary: 'Everything that happened to a document, oldest first',
    scopes: ['documents:read'],
    function: 'get-history',
    params: DocumentPath,
    response: { status: 200, schema: History },
    problems: ['document-not-found', 'not-permitted'],
  },
  deleteDocument: {
    method: 'DELETE',
    path: '/v1/documents/{documentId}',
    summary: 'Lock a document at once; it can be restored until its purgeAfter',
    scopes: ['documents:write'],
    function: 'delete-document',
    params: DocumentPath,
    response: { status: 200, schema: Document },
    entityTag: entityTagOf,
    problems: ['document-not-found', 'not-permitted', 'state-conflict'],
  },
  restoreDocument: {
    method: 'POST',
    path: '/v1/documents/{documentId}/restore',
    summary: 'Open a deleted document again',
    scopes: ['documents:write'],
    function: 'restore-document',
    params: DocumentPath,
    response: { status: 200, schema: Document },
    entityTag: entityTagOf,
    problems: ['document-not-found', 'not-permitted', 'state-conflict', 'idempotency-key-reused'],
  },
} as const satisfies Record<string, Route>;
