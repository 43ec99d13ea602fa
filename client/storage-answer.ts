import { StorageError } from './errors.ts';
import { parseRetryAfter } from './retry.ts';

const changed = 'The file changed while it was sent, so the storage refused it. Choose the file again.';
const expired = 'The permission to transfer this file ran out before the transfer began. Try again.';

/** What S3's codes mean to a person. Codes: Amazon S3 API Reference, "Error responses". */
const sentences: Readonly<Record<string, string>> = {
  BadDigest: changed,
  XAmzContentChecksumMismatch: changed,
  EntityTooLarge: 'The storage refused the file because it is too large. Choose a smaller one.',
  ExpiredToken: expired,
  IncompleteBody: changed,
  PreconditionFailed: 'The storage already holds a file for this upload. Look for it in the list, or upload it again.',
  RequestTimeTooSkewed: 'The clock of this device is wrong. Set it to the right time and try again.',
  SlowDown: 'The storage is busy. Try again in a moment.',
};

/** Whether what arrived is not what was announced: damaged on the way, or the file changed since it was hashed. */
export const isDamaged = (error: unknown): error is StorageError =>
  error instanceof StorageError && ['BadDigest', 'XAmzContentChecksumMismatch', 'IncompleteBody'].includes(error.code);

/** Whether a signed URL was used after its time. */
export const isExpired = (error: unknown): error is StorageError =>
  error instanceof StorageError && error.message === expired;

/** What the storage would say of a link whose time is over. */
export const linkExpired = (): StorageError =>
  new StorageError(expired, { status: 403, code: 'AccessDenied', retryAfterSeconds: undefined });

/**
 * The error of an S3 answer that is not a success. S3 says in XML what is wrong; only its code is taken over, because
 * the rest of the document may repeat the signature.
 */
export function storageError(
  answer: { readonly status: number; readonly retryAfter: string | null | undefined; readonly body: string },
  nowMilliseconds: number,
): StorageError {
  const { status, body } = answer;
  const code = /<Code>([A-Za-z0-9.]{1,64})<\/Code>/.exec(body)?.[1] ?? 'Unknown';
  return new StorageError(sentenceFor(status, code, body), {
    status,
    code,
    retryAfterSeconds: parseRetryAfter(answer.retryAfter, nowMilliseconds),
  });
}

function sentenceFor(status: number, code: string, body: string): string {
  // A signed URL or form after its time: S3 answers AccessDenied, and only its message tells it from a missing permission.
  if (code === 'AccessDenied' && /Request has expired|Policy expired/.test(body)) return expired;
  const known = sentences[code];
  if (known !== undefined) return known;
  if (status >= 500 || status === 429) return 'The storage has trouble at the moment. Try again in a moment.';
  return `The storage refused the transfer (${code}). Try again; if it happens again, tell support this code.`;
}
