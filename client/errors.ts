import type { Problem, ProblemKind } from '../contract/problems.ts';

/**
 * Every failure of this client that is not a bug and not an abort (an abort rejects with the signal's reason).
 * `message` is a sentence for the person: what happened and what to do next. It never holds a URL, a signature or a
 * token, so it may be shown and logged.
 */
export abstract class SealdropError extends Error {
  /** Whether the same request may succeed a moment later. */
  abstract readonly retryable: boolean;
  /** What the server asked for in `Retry-After`, RFC 9110 section 10.2.3. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    message: string,
    options?: { readonly retryAfterSeconds?: number | undefined; readonly cause?: unknown },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}

const passesByItself = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** The API refused, with the reasons of RFC 9457. */
export class ProblemError extends SealdropError {
  readonly problem: Problem;
  readonly status: number;
  /** A newer server may send kinds that this client does not know. */
  readonly kind: ProblemKind | (string & {});
  readonly retryable: boolean;

  constructor(problem: Problem, retryAfterSeconds?: number) {
    super(problem.detail, { retryAfterSeconds });
    this.problem = problem;
    this.status = problem.status;
    this.kind = problem.type.slice(problem.type.lastIndexOf('/') + 1);
    this.retryable = passesByItself(problem.status);
  }
}

/** No answer arrived: no network, a refused or broken connection, or silence for too long. */
export class NetworkError extends SealdropError {
  readonly retryable = true;
}

/** Something answered, but not as this API does: a proxy, a captive portal, a gateway in trouble. */
export class AnswerError extends SealdropError {
  readonly status: number;
  readonly retryable: boolean;

  constructor(status: number, retryAfterSeconds?: number) {
    super(
      status >= 500
        ? `The service could not be reached behind its gateway (${status}). Try again in a moment.`
        : `The answer did not come from the service (${status}). A proxy or the sign-in page of a network may stand in between; check the connection and try again.`,
      { retryAfterSeconds },
    );
    this.status = status;
    this.retryable = passesByItself(status);
  }
}

/** S3 refused. `code` is its own error code, `Unknown` where it gave none. */
export class StorageError extends SealdropError {
  readonly status: number;
  readonly code: string;
  readonly retryable: boolean;

  constructor(message: string, answer: { status: number; code: string; retryAfterSeconds: number | undefined }) {
    super(message, answer);
    this.status = answer.status;
    this.code = answer.code;
    // 409 ConditionalRequestConflict: another write to the key was under way; S3 asks to try again. RequestTimeout is
    // a 400 that means the connection stood still.
    this.retryable = passesByItself(answer.status) || answer.status === 409 || answer.code === 'RequestTimeout';
  }
}

/** The file cannot be sent as it is, or not be written where it was to go: `no-space`, `unwritable`. */
export class FileError extends SealdropError {
  readonly reason: 'empty' | 'too-large' | 'media-type' | 'unreadable' | 'no-space' | 'unwritable';
  readonly retryable = false;

  constructor(reason: FileError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

/** The worker that hashes died: a bug, or a browser short of memory. The next part gets another. */
export class HashingError extends SealdropError {
  readonly retryable = true;

  constructor() {
    super('The check of the file was interrupted. Try again.');
  }
}

/** The downloaded bytes are not the recorded ones, or nothing is recorded to hold them to. */
export class IntegrityError extends SealdropError {
  readonly retryable = true;

  constructor(
    message = 'The downloaded file is damaged: it differs from the one that was uploaded. Download it again.',
  ) {
    super(message);
  }
}
