import { entityTagOf } from '../entity-tag.ts';
import { limits } from '../limits.ts';
import { bodyProblems, type Route } from '../route.ts';
import { UploadInstruction, UploadInstructions, UploadRequest, UploadRequests } from '../schemas/upload.ts';
import { storageHeaderNames } from '../storage-headers.ts';

/** Where every document begins. */
export const uploadRoutes = {
  requestUpload: {
    method: 'POST',
    path: '/v1/documents',
    summary: 'Declare a file and get the signed PUT that uploads it',
    scopes: ['documents:write'],
    function: 'request-upload',
    body: UploadRequest,
    response: { status: 201, schema: UploadInstruction },
    entityTag: ({ document }: UploadInstruction) => entityTagOf(document),
    exposes: storageHeaderNames,
    problems: [
      ...bodyProblems,
      'media-type-not-allowed',
      'file-too-large',
      'quota-exceeded',
      'not-permitted',
      'idempotency-key-reused',
    ],
  },
  requestUploads: {
    method: 'POST',
    path: '/v1/documents/batch',
    summary: 'Declare many files at once and get the signed PUT of each',
    scopes: ['documents:write'],
    function: 'request-uploads',
    body: UploadRequests,
    bodySizeBytesMax: limits.batchBodySizeBytesMax,
    needsApiUrl: true,
    response: { status: 200, schema: UploadInstructions },
    problems: ['malformed-json', 'unsupported-media-type', 'body-too-large', 'not-permitted', 'idempotency-key-reused'],
  },
} as const satisfies Record<string, Route>;
