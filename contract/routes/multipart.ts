import { entityTagOf } from '../entity-tag.ts';
import { limits } from '../limits.ts';
import { bodyProblems, type Route } from '../route.ts';
import { Document } from '../schemas/document.ts';
import { DocumentPath } from '../schemas/fields.ts';
import { CompletionRequest, PartLinks, PartList, PartsRequest } from '../schemas/parts.ts';
import { storageHeaderNames } from '../storage-headers.ts';

/** A file that goes up in parts, from its declaration to its end. */
export const multipartRoutes = {
  signParts: {
    method: 'POST',
    path: '/v1/documents/{documentId}/parts',
    summary: 'Signed PUTs of any parts of an upload, as one template and a signature each',
    scopes: ['documents:write'],
    function: 'sign-parts',
    params: DocumentPath,
    body: PartsRequest,
    bodySizeBytesMax: limits.batchBodySizeBytesMax,
    takesNoKey: true,
    response: { status: 200, schema: PartLinks },
    problems: ['document-not-found', 'not-permitted', 'upload-ended', ...bodyProblems],
  },
  listParts: {
    method: 'GET',
    path: '/v1/documents/{documentId}/parts',
    summary: 'The parts of an upload that S3 holds already',
    scopes: ['documents:write'],
    function: 'list-parts',
    params: DocumentPath,
    response: { status: 200, schema: PartList },
    problems: ['document-not-found', 'not-permitted', 'upload-ended'],
  },
  completeUpload: {
    method: 'POST',
    path: '/v1/documents/{documentId}/complete',
    summary: 'Make one object of the parts, held to what was declared',
    scopes: ['documents:write'],
    function: 'complete-upload',
    params: DocumentPath,
    body: CompletionRequest,
    takesNoKey: true,
    response: { status: 200, schema: Document },
    entityTag: (document: Document) => entityTagOf(document),
    exposes: storageHeaderNames,
    problems: [
      'document-not-found',
      'not-permitted',
      'upload-ended',
      'upload-incomplete',
      'upload-restarted',
      'checksum-mismatch',
      ...bodyProblems,
    ],
  },
  abortUpload: {
    method: 'DELETE',
    path: '/v1/documents/{documentId}/upload',
    summary: 'Give an upload in parts up; what came of it is removed',
    scopes: ['documents:write'],
    function: 'abort-upload',
    params: DocumentPath,
    response: { status: 200, schema: Document },
    entityTag: (document: Document) => entityTagOf(document),
    problems: ['document-not-found', 'not-permitted', 'upload-ended'],
  },
} as const satisfies Record<string, Route>;
