import type { Profile } from '../../contract/profile.ts';
import type { S3RequestWish, SignedS3Request } from '../../contract/schemas/s3-request.ts';
import type { Caller, DocumentRecord } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { objectKey } from '../domain/object-key.ts';
import { objectStateOf } from '../domain/object-state.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Clock, Documents, ObjectSigner, S3RequestToSign } from '../ports.ts';
import { findPermitted } from './find-permitted.ts';
import { secondsUntil } from './seconds-until.ts';

interface Deps {
  readonly clock: Clock;
  readonly documents: Pick<Documents, 'find'>;
  readonly signer: Pick<ObjectSigner, 'signRequest'>;
  readonly profile: Profile;
}

interface Input {
  readonly caller: Caller;
  readonly params: { readonly documentId: string };
  readonly body: S3RequestWish;
}

/** Why that would never become the declared file, though S3 would take it. */
const refusalOf = ({ operation }: S3RequestWish, { sha256, upload }: DocumentRecord): string | undefined => {
  const isWhole = sha256 !== undefined && upload === undefined;
  // S3 would be held to nothing.
  if (operation === 'PutObject' && !isWhole)
    return 'This document was declared to go up in parts. Ask for CreateMultipartUpload.';
  const isOfParts = ['CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload'].includes(operation);
  if (isOfParts && sha256 !== undefined)
    return 'This document was declared with the SHA-256 of the whole file, which S3 does not compute of parts. Ask for PutObject.';
  return undefined;
};

/** What of the record is signed into each request, so that nothing but the declared file can come of it. */
const toSign = (wish: S3RequestWish, { sizeBytes, sha256 = '' }: DocumentRecord) => {
  if (wish.operation === 'PutObject') return { ...wish, sizeBytes, sha256 };
  return wish.operation === 'CompleteMultipartUpload' ? { ...wish, sizeBytes } : wish;
};

/**
 * Signs one request of a client that speaks S3 itself. Key, type, size and tags are the record's; the client's uploads
 * are its own matter: S3 binds them to the key, and what comes of them is recorded by S3's event.
 */
export const signS3Request =
  (deps: Deps) =>
  async ({ caller, params, body }: Input): Promise<Result<SignedS3Request, Failure>> => {
    const found = await findPermitted(deps.documents, 'upload', caller, params.documentId);
    if (!found.ok) return found;
    const record = found.value;
    const signedAt = deps.clock.now();
    const { uploadExpiresInSeconds } = deps.profile;
    const expiresInSeconds = Math.min(uploadExpiresInSeconds, secondsUntil(record.uploadExpiresAt, signedAt));
    const isOver = record.state !== 'pending' || record.upload?.abortedAt !== undefined || expiresInSeconds < 1;
    if (isOver) return fail({ kind: 'upload-ended' });
    const refusal = refusalOf(body, record);
    if (refusal !== undefined)
      return fail({ kind: 'invalid-request', errors: [{ pointer: '/operation', detail: refusal }] });
    const { mediaType, retentionClass } = record;
    const key = objectKey(record);
    const described = { key, mediaType, state: objectStateOf[record.state], retentionClass };
    const request: S3RequestToSign = { ...described, ...toSign(body, record), signedAt, expiresInSeconds };
    const { method, url, headers, expiresAt } = await deps.signer.signRequest(request);
    return ok({ key, method, url, headers: { ...headers }, expiresAt: expiresAt.toISOString() });
  };
