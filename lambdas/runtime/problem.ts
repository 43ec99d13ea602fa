import { type Problem, type ProblemKind, problemKinds, problemType, type QuotaUse } from '../../contract/problems.ts';
import type { DocumentState } from '../../contract/states.ts';
import type { Failure } from '../domain/failure.ts';

/** What a request can be refused for: by a use case, or before one is asked. */
export type Refusal =
  | Failure
  | { readonly kind: 'malformed-json' | 'insufficient-scope' | 'unsupported-media-type' }
  | { readonly kind: 'prefetch-refused' | 'body-too-large' | 'idempotency-key-reused' }
  | { readonly kind: 'internal-error' | 'service-unavailable' };

/** A refusal on its way out of the middleware. */
export class RefusalError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.name = 'RefusalError';
    this.refusal = refusal;
  }
}

const whyNotAvailable: Readonly<Record<DocumentState, string>> = {
  pending: 'Its upload is not complete yet. Wait until its state is available.',
  scanning: 'It is being checked. Wait until its state is available.',
  available: 'It just changed. Ask again.',
  rejected: 'It was rejected; the document says why. Upload the file again.',
  expired: 'It was never uploaded. Declare the file again and upload it.',
  deleted: 'It was deleted.',
  purging: 'It was deleted, or its retention is over.',
  purged: 'It was deleted, or its retention was over, and it is gone for good.',
};

const whyNotNow: Readonly<Record<DocumentState, string>> = {
  pending: 'Its upload is not complete yet. Wait until it is; what is never uploaded goes by itself.',
  scanning: 'It is being checked. Wait until that is done, then try again.',
  available: 'It just changed. Try again.',
  rejected: 'It was rejected and can only be deleted. Upload the file again.',
  expired: 'It was never uploaded, so there is nothing to delete or restore.',
  deleted: 'It was deleted after it had been rejected, so it cannot be restored. Upload the file again.',
  purging: 'It is gone for good. Upload the file again.',
  purged: 'It is gone for good. Upload the file again.',
};

/** Rounded down, so that a file of this size is never one byte too large. */
const megabytes = (sizeBytes: number): string => `${Math.floor(sizeBytes / 100_000) / 10} MB`;

const amount = (sizeBytes: number): string =>
  sizeBytes < 1e9 ? megabytes(sizeBytes) : `${Math.floor(sizeBytes / 1e8) / 10} GB`;

const quotaDetail = ({ scope, documents, documentsMax, sizeBytes, sizeBytesMax }: QuotaUse): string => {
  const whose = scope === 'user' ? 'You have' : 'Your organization has';
  const used = `${documents} of ${documentsMax} documents and ${amount(sizeBytes)} of ${amount(sizeBytesMax)}`;
  return `${whose} used ${used}. Delete what is no longer needed and wait until it is purged, or ask your administrator.`;
};

const details: { readonly [Kind in Refusal['kind']]: (refusal: Extract<Refusal, { kind: Kind }>) => string } = {
  'malformed-json': () => 'Send the body as one valid JSON object.',
  unauthenticated: () => 'Sign in again and send the new access token as "Authorization: Bearer …".',
  'insufficient-scope': () => 'Sign in with the scope that this route needs, or ask your administrator for it.',
  'not-permitted': () => 'Ask somebody whose role allows it, or your administrator for that role.',
  'precondition-failed': () => 'Get the document again, look at what changed, and send the change with its new ETag.',
  'precondition-required': () => 'Get the document first and send its ETag as "If-Match".',
  'document-not-found': () =>
    'There is no document with this id that you may see. Check the id, or list your documents.',
  'route-not-found': () => 'Check the method and the path of the request against the routes of this API.',
  'link-not-found': () =>
    'There is no such link. Check that it was copied as a whole, or ask whoever sent it for a new one.',
  'upload-ended': () =>
    'It was completed, given up, or took too long. Look at the document; where it is not available, declare the file again.',
  'upload-incomplete': () => 'Send the parts named in errors again, then complete the upload.',
  'upload-restarted': () => 'The storage wants all parts once more. Send all of them again, then complete the upload.',
  'checksum-mismatch': () =>
    'All parts arrived, but together they are not the file that was named. Check that the file did not change, and upload it again.',
  'link-used-up': () =>
    'It was opened before, its time is over, or its document is gone. Ask whoever sent it for a new one.',
  'credentials-not-offered': () =>
    'Credentials of the storage are given to no browser. Upload with signed links: POST /s3/multipart and GET /s3/params.',
  'prefetch-refused': () => 'This link works once and is kept for the one who opens it. Open it itself.',
  'document-not-available': ({ state }) => whyNotAvailable[state],
  'state-conflict': ({ state }) => whyNotNow[state],
  'body-too-large': () => 'A declaration is small JSON. The bytes of a file go to the signed URL, not here.',
  'unsupported-media-type': () => 'Send the body as JSON, with "Content-Type: application/json".',
  'idempotency-key-reused': () =>
    'Send a new Idempotency-Key with each new request, and the old one only with the same.',
  'invalid-request': () => 'Correct the fields named in errors and send the request again.',
  'media-type-not-allowed': ({ mediaTypes }) => `Choose a file of one of these types: ${mediaTypes.join(', ')}.`,
  'file-too-large': ({ sizeBytesMax }) => `Choose a file of at most ${megabytes(sizeBytesMax)}.`,
  'quota-exceeded': ({ quota }) =>
    quota === undefined ? 'Your organization has no room left. Ask your administrator for more.' : quotaDetail(quota),
  'too-many-requests': () => 'Wait a moment and try again, with longer pauses between requests.',
  'internal-error': () => 'Nothing was lost. Try again; if it happens again, report the request id.',
  'service-unavailable': () => 'Nothing was lost. Wait a moment and try again.',
};

/** Where and in what request something was refused. */
export interface RefusedRequest {
  readonly requestId: string;
  /** The address of the API as its caller sees it, without a slash at its end. */
  readonly apiAddress: string;
}

/** RFC 9457: the refusal with its facts as extension members, and a sentence on what to do next. */
export const problemOf = (refusal: Refusal, { requestId, apiAddress }: RefusedRequest): Problem => {
  const { kind, ...facts } = refusal;
  const { status, title } = problemKinds[kind satisfies ProblemKind];
  const detail = (details[kind] as (refusal: Refusal) => string)(refusal);
  return { type: problemType(apiAddress, kind), title, status, detail, requestId, ...facts } as Problem;
};
