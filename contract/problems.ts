import * as z from 'zod/mini';
import { documentStates } from './states.ts';

/**
 * Every problem the API answers with (RFC 9457). `kind` is the last segment of the problem's `type` URI, which leads to
 * its page, written in docs/problems. The sentence that tells the person what to do is made where the facts are, see `lambdas/runtime/problem.ts`.
 */
export const problemKinds = {
  'malformed-json': { status: 400, title: 'The request body is not a JSON object' },
  unauthenticated: { status: 401, title: 'No valid access token' },
  'insufficient-scope': { status: 403, title: 'The access token does not allow this' },
  'credentials-not-offered': { status: 403, title: 'No credentials are given out' },
  'prefetch-refused': { status: 403, title: 'The link is not opened ahead of time' },
  'not-permitted': { status: 403, title: 'Your role does not allow this' },
  'document-not-found': { status: 404, title: 'No such document' },
  'link-not-found': { status: 404, title: 'No such link' },
  'route-not-found': { status: 404, title: 'No such route' },
  'document-not-available': { status: 409, title: 'The document is not available' },
  'state-conflict': { status: 409, title: 'The state of the document does not allow this' },
  // 409 (RFC 9110 section 15.5.10: the person can resolve it and ask again). Not 403, which no deletion would change;
  // not 507 (RFC 4918), which says that the server is at its end: clients and alarms treat 5xx as trouble that passes.
  'quota-exceeded': { status: 409, title: 'The quota is used up' },
  'upload-ended': { status: 409, title: 'The upload has ended' },
  'upload-incomplete': { status: 409, title: 'The upload is not complete' },
  'upload-restarted': { status: 409, title: 'The upload begins again' },
  'checksum-mismatch': { status: 409, title: 'The parts are not the file' },
  'link-used-up': { status: 410, title: 'The link cannot be used any more' },
  'precondition-failed': { status: 412, title: 'The document has changed' },
  'body-too-large': { status: 413, title: 'The request body is too large' },
  'unsupported-media-type': { status: 415, title: 'The request body has the wrong content type' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key belongs to another request' },
  'invalid-request': { status: 422, title: 'The request does not fit the schema' },
  'media-type-not-allowed': { status: 422, title: 'Files of this type are not accepted here' },
  'file-too-large': { status: 422, title: 'The file is too large' },
  'precondition-required': { status: 428, title: 'The request must say which version it changes' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'service-unavailable': { status: 503, title: 'The service is busy' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemKind = keyof typeof problemKinds;

export const problemContentType = 'application/problem+json';

/**
 * The `type` URI of a problem: its page, at the API that answered. `base` is the address of that API without a slash at
 * its end. The same kind has another URI at another address: compare kinds, see docs/adr/007-problem-types.md.
 */
export const problemType = (base: string, kind: ProblemKind): string => `${base}/problems/${kind}`;

/** What programs compare of a `type`: its last segment. */
export const problemKindOf = ({ type }: { readonly type: string }): string => type.slice(type.lastIndexOf('/') + 1);

/** One field that does not fit: a JSON Pointer into the body, or `query:NAME` / `path:NAME` / `header:NAME`. */
export const FieldError = z.object({ pointer: z.string(), detail: z.string() });

/** Whose quota has no room left, what it counts now and what it may count at most. */
export const QuotaUse = z.object({
  scope: z.enum(['user', 'tenant']),
  documents: z.int(),
  documentsMax: z.int(),
  sizeBytes: z.int(),
  sizeBytesMax: z.int(),
});

export type QuotaUse = z.infer<typeof QuotaUse>;

/** `application/problem+json`, RFC 9457 section 3.1, with this API's extension members. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  requestId: z.string(),
  errors: z.optional(z.array(FieldError)),
  state: z.optional(z.enum(documentStates)),
  mediaTypes: z.optional(z.array(z.string())),
  sizeBytesMax: z.optional(z.int()),
  quota: z.optional(QuotaUse),
  /** The same as `detail`, for Uppy's clients, which show it. */
  message: z.optional(z.string()),
});

export type Problem = z.infer<typeof Problem>;
