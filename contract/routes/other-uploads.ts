import { bodyProblems, type Route } from '../route.ts';
import { DocumentPath } from '../schemas/fields.ts';
import { FormRequest, UploadForm } from '../schemas/form.ts';
import { S3RequestWish, SignedS3Request } from '../schemas/s3-request.ts';
import { UploadToken } from '../schemas/upload-token.ts';

/** Other ways to bring a file: by a form, and for clients that speak S3 or Companion's protocol themselves. */
export const otherUploadRoutes = {
  requestForm: {
    method: 'POST',
    path: '/v1/forms',
    summary: 'Declare a file and get the form that uploads it, also from a page without scripts',
    scopes: ['documents:write'],
    function: 'request-form',
    body: FormRequest,
    response: { status: 201, schema: UploadForm },
    problems: [
      ...bodyProblems,
      'media-type-not-allowed',
      'file-too-large',
      'quota-exceeded',
      'not-permitted',
      'upload-ended',
      'idempotency-key-reused',
    ],
  },
  createUploadToken: {
    method: 'POST',
    path: '/v1/upload-tokens',
    summary: 'A token for the path of upload clients that can send no headers',
    scopes: ['documents:write'],
    function: 'create-upload-token',
    needsApiUrl: true,
    takesNoKey: true,
    response: { status: 201, schema: UploadToken },
    problems: ['not-permitted'],
  },
  signS3Request: {
    method: 'POST',
    path: '/v1/documents/{documentId}/s3-requests',
    summary: 'One signed request to S3, for clients that speak S3 themselves',
    scopes: ['documents:write'],
    function: 'sign-s3-request',
    params: DocumentPath,
    body: S3RequestWish,
    takesNoKey: true,
    response: { status: 200, schema: SignedS3Request },
    problems: ['document-not-found', 'not-permitted', 'upload-ended', ...bodyProblems],
  },
} as const satisfies Record<string, Route>;
