import { documentHeaders } from '../document-headers.ts';
import { entityTagOf } from '../entity-tag.ts';
import { bodyProblems, type Route } from '../route.ts';
import { Document } from '../schemas/document.ts';
import { DocumentPath } from '../schemas/fields.ts';
import { MetadataPatch } from '../schemas/metadata.ts';
import { storageHeaderNames } from '../storage-headers.ts';

/** What is known of one document. */
export const documentRoutes = {
  getDocument: {
    method: 'GET',
    path: '/v1/documents/{documentId}',
    summary: 'One document with its state',
    scopes: ['documents:read'],
    function: 'get-document',
    params: DocumentPath,
    response: { status: 200, schema: Document },
    entityTag: entityTagOf,
    exposes: storageHeaderNames,
    problems: ['document-not-found'],
  },
  headDocument: {
    method: 'HEAD',
    path: '/v1/documents/{documentId}',
    summary: 'Whether there is a document, and its state, size, type, hash and times, by header',
    scopes: ['documents:read'],
    function: 'head-document',
    params: DocumentPath,
    response: { status: 200, schema: Document },
    entityTag: entityTagOf,
    exposes: Object.values(documentHeaders),
    problems: ['document-not-found'],
  },
  updateDocument: {
    method: 'PATCH',
    path: '/v1/documents/{documentId}',
    summary: 'Change what is said about a document; If-Match must hold the ETag it was seen with',
    scopes: ['documents:write'],
    function: 'update-document',
    params: DocumentPath,
    body: MetadataPatch,
    response: { status: 200, schema: Document },
    entityTag: entityTagOf,
    needsIfMatch: true,
    problems: [
      'document-not-found',
      'not-permitted',
      'state-conflict',
      ...bodyProblems,
      'precondition-failed',
      'precondition-required',
    ],
  },
} as const satisfies Record<string, Route>;
