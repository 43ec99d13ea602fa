import type { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Document } from '../../contract/schemas/document.ts';
import type { Metadata } from '../../contract/schemas/metadata.ts';
import { SealdropError } from '../errors.ts';

/** Bytes, a stream of them, or where a file is: a path or a `file:` URL. */
export type ReportContent = Uint8Array | Readable | ReadableStream | AsyncIterable<Uint8Array | string> | string | URL;

/**
 * What a report is and what it is about, as far as the profile knows it. Whatever else a generator has to say (type of
 * report, who generated it, counts, amounts, date range, filter) goes into `attributes`.
 */
export interface ReportMetadata extends Metadata {
  /** Default: a new one of the report's type, the time in UTC and 8 random hexadecimal digits. */
  readonly fileName?: string;
  /** Default: `application/pdf`. */
  readonly mediaType?: string;
  /** How long it is kept: one of the profile's classes. Default: what the environment says. */
  readonly retentionClass?: string;
}

export interface ReportOptions {
  /** `return`: the promise never rejects. @default 'throw' */
  readonly onFailure?: 'throw' | 'return';
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for the outcome once the bytes are sent. @default 30000 */
  readonly waitMilliseconds?: number;
  /** How long the whole call may take, retries included. @default 120000 */
  readonly limitMilliseconds?: number;
}

/**
 * What became of a report. Without `success` and without `error` it is stored and still being checked: ask for
 * `documentId` later.
 */
export interface ReportResult {
  /** It is stored, verified, and can be downloaded. */
  readonly success: boolean;
  /** Absent where it could not be declared. */
  readonly documentId?: string;
  /** Where it lies in the bucket; told to tokens with the role `service` only. */
  readonly key?: string;
  /** The unsigned https address of the object: a name for it, which opens nothing. */
  readonly url?: string;
  /** The state it was seen in last. */
  readonly state?: Document['state'];
  /** Why it is not stored. Its message is a sentence that may be shown and logged, unless `token` or a stream made it. */
  readonly error?: Error;
}

/** What could be found out of a report before something failed. */
export type Known = Pick<ReportResult, 'documentId' | 'key' | 'url' | 'state'>;

/** The report was sent, checked, and not taken. Sending the same bytes again changes nothing. */
export class ReportRejectedError extends SealdropError {
  readonly retryable = false;
  readonly document: Document;

  constructor(document: Document) {
    super(document.rejection?.detail ?? `The report is ${document.state}, so it cannot be downloaded.`);
    this.document = document;
  }
}

/** The call took longer than its limit. The report may be stored all the same, where it was declared. */
export class ReportTimeoutError extends SealdropError {
  readonly retryable = true;

  constructor(limitMilliseconds: number) {
    super(`The report was not stored within ${limitMilliseconds / 1000} seconds. Try again in a moment.`);
  }
}
