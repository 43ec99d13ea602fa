import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { bodyProblems, type Route } from '../route.ts';
import {
  BatchAnswer,
  BatchQuery,
  CompleteAnswer,
  CompleteRequest,
  CreateAnswer,
  CreateRequest,
  FormAnswer,
  FormQuery,
  KeyQuery,
  NoAnswer,
  PartAnswer,
  PartPath,
  PartsAnswer,
  UploadPath,
} from '../schemas/companion.ts';

const common = { scopes: ['documents:write'], function: 'companion', isCompanion: true, takesNoKey: true } as const;

const declaring = [
  ...bodyProblems,
  'media-type-not-allowed',
  'file-too-large',
  'quota-exceeded',
  'not-permitted',
] as const;

const uploading = ['document-not-found', 'not-permitted', 'upload-ended'] as const;

/**
 * The S3 routes of Uppy's Companion, for the clients that people have. Each is there twice: for callers with an access
 * token in a header, and with an upload token in the path, for Uppy 6, which can send no headers.
 */
const calls = {
  companionForm: {
    ...common,
    method: 'GET',
    path: '/s3/params',
    summary: 'Uppy: declare a file and get the form that uploads it',
    query: FormQuery,
    response: { status: 200, schema: FormAnswer },
    problems: ['media-type-not-allowed', 'file-too-large', 'quota-exceeded', 'not-permitted'],
  },
  companionCreate: {
    ...common,
    method: 'POST',
    path: '/s3/multipart',
    summary: 'Uppy: declare a file and begin its upload in parts',
    body: CreateRequest,
    response: { status: 200, schema: CreateAnswer },
    problems: declaring,
  },
  companionListParts: {
    ...common,
    method: 'GET',
    path: '/s3/multipart/{uploadId}',
    summary: 'Uppy: the parts that S3 holds',
    params: UploadPath,
    query: KeyQuery,
    response: { status: 200, schema: PartsAnswer },
    problems: uploading,
  },
  companionSignPart: {
    ...common,
    method: 'GET',
    path: '/s3/multipart/{uploadId}/{partNumber}',
    summary: 'Uppy: a signed PUT of one part',
    params: PartPath,
    query: KeyQuery,
    response: { status: 200, schema: PartAnswer },
    problems: uploading,
  },
  companionSignBatch: {
    ...common,
    method: 'GET',
    path: '/s3/multipart/{uploadId}/batch',
    summary: 'Uppy: signed PUTs of several parts',
    params: UploadPath,
    query: BatchQuery,
    response: { status: 200, schema: BatchAnswer },
    problems: uploading,
  },
  companionComplete: {
    ...common,
    method: 'POST',
    path: '/s3/multipart/{uploadId}/complete',
    summary: 'Uppy: make one object of the parts',
    params: UploadPath,
    query: KeyQuery,
    body: CompleteRequest,
    bodySizeBytesMax: limits.batchBodySizeBytesMax,
    response: { status: 200, schema: CompleteAnswer },
    problems: [
      ...uploading,
      'upload-incomplete',
      'upload-restarted',
      'checksum-mismatch',
      'file-too-large',
      ...bodyProblems,
    ],
  },
  companionAbort: {
    ...common,
    method: 'DELETE',
    path: '/s3/multipart/{uploadId}',
    summary: 'Uppy: give an upload in parts up',
    params: UploadPath,
    query: KeyQuery,
    response: { status: 200, schema: NoAnswer },
    problems: uploading,
  },
  companionCredentials: {
    ...common,
    method: 'GET',
    path: '/s3/sts',
    summary: 'Uppy: says that no credentials are given out',
    response: { status: 200, schema: NoAnswer },
    problems: ['credentials-not-offered'],
  },
} as const satisfies Record<string, Route>;

/** 256 random bits in base64url, see domain/link.ts; whatever else is there is no token. */
const uploadToken = z.string().check(z.maxLength(64));

type ByToken<R extends Route> = Omit<R, 'path' | 'params' | 'scopes'> & {
  readonly path: `/u/{uploadToken}${R['path']}`;
  readonly params: z.ZodMiniObject;
  readonly scopes: readonly [];
  readonly isPublic: true;
  readonly byUploadToken: true;
};

/** The same call with its token in the path. To the gateway it is public: the function looks the token up. */
const byToken = <const R extends Route & { readonly params?: z.ZodMiniObject }>(route: R): ByToken<R> => ({
  ...route,
  path: `/u/{uploadToken}${route.path}`,
  // The order of the path.
  params: z.strictObject({ uploadToken, ...route.params?.shape }),
  scopes: [],
  isPublic: true,
  byUploadToken: true,
});

export const companionRoutes = {
  ...calls,
  tokenCompanionForm: byToken(calls.companionForm),
  tokenCompanionCreate: byToken(calls.companionCreate),
  tokenCompanionListParts: byToken(calls.companionListParts),
  tokenCompanionSignPart: byToken(calls.companionSignPart),
  tokenCompanionSignBatch: byToken(calls.companionSignBatch),
  tokenCompanionComplete: byToken(calls.companionComplete),
  tokenCompanionAbort: byToken(calls.companionAbort),
  tokenCompanionCredentials: byToken(calls.companionCredentials),
} as const satisfies Record<string, Route>;
