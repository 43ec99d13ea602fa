import * as z from 'zod/mini';
import { documentHeaders } from './document-headers.ts';
import { entityTagOf } from './entity-tag.ts';
import type { FunctionName } from './functions.ts';
import type { ProblemKind } from './problems.ts';
import { Document } from './schemas/document.ts';
import { DownloadLink, DownloadQuery } from './schemas/download.ts';
import { DocumentId } from './schemas/fields.ts';
import { Health } from './schemas/health.ts';
import { History } from './schemas/history.ts';
import { LinkRequest, OneTimeLink } from './schemas/link.ts';
import { DocumentList, ListQuery, SubjectPath } from './schemas/list.ts';
import { MetadataPatch } from './schemas/metadata.ts';
import { Settings } from './schemas/settings.ts';
import { StorageStatus } from './schemas/storage-status.ts';
import { UploadInstruction, UploadRequest } from './schemas/upload.ts';
import { storageHeaderNames } from './storage-headers.ts';

/**
 * `documents:admin` is for what only the clients of administrators need, which is no route yet: a client that holds it
 * may do no more. Nobody's scope makes up for a role.
 */
export const scopes = ['documents:read', 'documents:write', 'documents:admin'] as const;

export type Scope = (typeof scopes)[number];

/** One route of the API. The function that serves it has the name of `function` (see contract/functions.ts). */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';
  /** As API Gateway writes resources: `/v1/documents/{documentId}`. */
  readonly path: string;
  readonly summary: string;
  /** Scopes the access token must carry, all of them. */
  readonly scopes: readonly Scope[];
  /** Anybody may call it, without a token. It has no scopes, and its use case no caller. */
  readonly isPublic?: true;
  readonly function: FunctionName;
  readonly params?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  /**
   * What the body shows. A HEAD has none: it says by header what a GET of the same path would show. A 302 has none
   * either, and its schema allows nothing. `mediaTypes` where it is a file that is served as it is: one of these.
   */
  readonly response: {
    readonly status: 200 | 201 | 302;
    readonly schema: z.ZodMiniType;
    readonly mediaTypes?: readonly string[];
  };
  /** It may answer 302 with a `Location` and no body in place of the response, where its use case says so. */
  readonly redirects?: true;
  /**
   * The `ETag` of what the response shows (RFC 9110 section 8.8.3). A GET or HEAD that has one is conditional: it
   * answers 304 to an `If-None-Match` that holds it. Answers to changes carry the tag that the document has from then on.
   */
  readonly entityTag?: (response: never) => string;
  /** It changes only what the client has seen: `If-Match` must hold the document's tag (RFC 9110 section 13.1.1, RFC 6585). */
  readonly needsIfMatch?: true;
  /** It is not to be asked ahead of a person's click: a browser that says it prefetches is refused. */
  readonly refusesPrefetch?: true;
  /** Its answer holds a URL of this API: its use case is told where the API answers. */
  readonly needsApiUrl?: true;
  /** Headers of its answers, beyond those of all routes, that pages may read. */
  readonly exposes?: readonly string[];
  /** Problems of this route beyond those any route may answer with, see `commonProblems`. */
  readonly problems: readonly ProblemKind[];
}

const DocumentPath = z.strictObject({ documentId: DocumentId });

/** Whatever is not the name of a file is no such route, so nothing is wrong with it: no format is asked for. */
const ServedName = z.string();

/** A file that anybody may read; one function serves all of them. */
const file = <const MediaTypes extends readonly string[]>(mediaTypes: MediaTypes, schema: z.ZodMiniType = z.string()) =>
  ({
    scopes: [],
    isPublic: true,
    function: 'api-docs',
    response: { status: 200, schema, mediaTypes },
  }) as const;

/** Problems that any route may answer with. */
export const commonProblems = [
  'unauthenticated',
  'insufficient-scope',
  'invalid-request',
  'too-many-requests',
  'internal-error',
  'service-unavailable',
] as const satisfies readonly ProblemKind[];

/** What all lists are alike in. `Link` leads to the next page (RFC 8288). */
const list = {
  scopes: ['documents:read'],
  query: ListQuery,
  response: { status: 200, schema: DocumentList },
  exposes: ['Link'],
  problems: ['not-permitted'],
} as const satisfies Partial<Route>;

/** The one route table. CDK, gateway, handlers and the typed client are derived from it. */
export const routes = {
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
      'malformed-json',
      'unsupported-media-type',
      'body-too-large',
      'media-type-not-allowed',
      'file-too-large',
      'quota-exceeded',
      'not-permitted',
      'idempotency-key-reused',
    ],
  },
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
      'malformed-json',
      'unsupported-media-type',
      'body-too-large',
      'precondition-failed',
      'precondition-required',
    ],
  },
  issueDownload: {
    method: 'GET',
    path: '/v1/documents/{documentId}/download',
    summary: 'A signed GET of an available document',
    scopes: ['documents:read'],
    function: 'issue-download',
    params: DocumentPath,
    query: DownloadQuery,
    response: { status: 200, schema: DownloadLink },
    redirects: true,
    problems: ['document-not-found', 'not-permitted', 'document-not-available'],
  },
  createLink: {
    method: 'POST',
    path: '/v1/documents/{documentId}/links',
    summary: 'A link to an available document that works once, for whoever holds it',
    scopes: ['documents:read', 'documents:write'],
    function: 'create-link',
    params: DocumentPath,
    body: LinkRequest,
    response: { status: 201, schema: OneTimeLink },
    needsApiUrl: true,
    problems: [
      'document-not-found',
      'not-permitted',
      'document-not-available',
      'malformed-json',
      'unsupported-media-type',
      'body-too-large',
      'idempotency-key-reused',
    ],
  },
  openLink: {
    method: 'GET',
    path: '/v1/links/{token}',
    summary: 'Use a link that works once: leads to the document, and is worth nothing afterwards',
    scopes: [],
    isPublic: true,
    function: 'open-link',
    params: z.strictObject({ token: z.string() }),
    response: { status: 302, schema: z.never() },
    redirects: true,
    refusesPrefetch: true,
    problems: ['link-not-found', 'link-used-up', 'prefetch-refused'],
  },
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
  getStorageStatus: {
    method: 'GET',
    path: '/v1/storage/status',
    summary: 'Whether the API reaches its bucket, and if not, why',
    scopes: ['documents:read'],
    function: 'get-storage-status',
    response: { status: 200, schema: StorageStatus },
    problems: ['not-permitted'],
  },
  getSettings: {
    method: 'GET',
    path: '/v1/settings',
    summary: 'What is accepted here, and what the caller may do',
    scopes: ['documents:read'],
    function: 'get-settings',
    response: { status: 200, schema: Settings },
    entityTag: ({ version }: Settings) => `"${version}"`,
    problems: [],
  },
  getHealth: {
    method: 'GET',
    path: '/v1/health',
    summary: 'Whether the API answers; asks nothing else',
    scopes: [],
    isPublic: true,
    function: 'get-health',
    response: { status: 200, schema: Health },
    problems: [],
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description of the API, OpenAPI 3.1',
    ...file(['application/json'], z.record(z.string(), z.unknown())),
    problems: [],
  },
  getDocs: {
    method: 'GET',
    path: '/docs',
    summary: 'The description of the API for people, who can try it out there',
    ...file(['text/html']),
    problems: [],
  },
  getDocsFile: {
    method: 'GET',
    path: '/docs/{file}',
    summary: 'A script or style of the page at /docs',
    ...file(['text/javascript', 'text/css', 'text/html', 'text/plain']),
    params: z.strictObject({ file: ServedName }),
    problems: ['route-not-found'],
  },
  getProblemPage: {
    method: 'GET',
    path: '/problems/{kind}',
    summary: 'What a problem means and what to do about it: where its type leads',
    ...file(['text/html']),
    params: z.strictObject({ kind: ServedName }),
    problems: ['route-not-found'],
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

/** Routes that answer with a value, those that programs call. */
export type ValueRouteName = {
  [Name in RouteName]: (typeof routes)[Name]['response'] extends { readonly mediaTypes: unknown } ? never : Name;
}[RouteName];

/** Whether there is a body in the answer that its response describes: not to a HEAD, nor in a 302. */
export const answersWithBody = ({ method, response }: Route): boolean => method !== 'HEAD' && response.status !== 302;

/** Whether the route serves a file as it is. Such routes are conditional all: their answers have an ETag. */
export const servesFile = ({ response }: Route): boolean => response.mediaTypes !== undefined;
