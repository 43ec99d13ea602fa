import type { Document } from '../contract/schemas/document.ts';
import type { Disposition, DownloadLink } from '../contract/schemas/download.ts';
import type { History } from '../contract/schemas/history.ts';
import type { LinkRequest, OneTimeLink } from '../contract/schemas/link.ts';
import type { MetadataPatch } from '../contract/schemas/metadata.ts';
import type { Call, Tagged } from './call.ts';
import type { ClientOptions } from './client-options.ts';
import { contextOf } from './context.ts';
import type { DownloadTarget } from './download/target.ts';
import type { Downloaded, DownloadOptions } from './download.ts';
import type { UploadOptions } from './engine/upload-job.ts';
import type { Uploads } from './engine/uploads.ts';
import { uploadsOf } from './engine/uploads-of.ts';
import { type Head, head } from './head.ts';
import { load } from './load.ts';
import { type OutcomeOptions, waitForOutcome } from './outcome.ts';
import type { FileSource } from './source.ts';

export interface SignalOption {
  readonly signal?: AbortSignal | undefined;
}

export interface DownloadLinkOptions extends SignalOption {
  /** `inline` only for a type that is safe to show. Default: `attachment`. */
  readonly disposition?: Disposition;
  readonly reason?: string;
}

/**
 * Every method rejects with a `SealdropError` (a sentence for the person), with the reason of its aborted signal, or
 * with what `token` threw.
 */
export interface Client {
  /** Any route of the API by its name, typed by the route table. */
  readonly call: Call;
  /**
   * Uploads one file (1 byte to 48.8 TiB, the environment may allow less) straight to S3 and waits until it is verified.
   * The returned document tells the outcome: `available`, `rejected` with the reason, or still on its way
   * (`pending`, `scanning`) where that takes longer than `outcomeWaitMilliseconds`. `onSlow` tells that it takes long.
   *
   * After a failure, trying again with the same `File` object goes on where it stopped. A file that goes up in parts does
   * so too after a reload, when the person chooses it again.
   *
   * @example
   * const document = await client.upload(file, { onProgress: ({ fraction }) => (bar.value = fraction) });
   */
  upload(file: Blob | FileSource, options?: UploadOptions): Promise<Document>;
  /** The same for many files, with handles to pause, resume and cancel each of them or all. */
  readonly uploads: Uploads;
  /** Downloads a document into memory and compares its hash with the record. For what may be large, `downloadTo`. */
  download(documentId: string, options?: DownloadOptions): Promise<Downloaded>;
  /**
   * Downloads a document of any size to a stream, several ranges of it at once, and goes on after broken connections and
   * links that ran out. The stream is closed once all bytes are there and are the recorded ones, and aborted otherwise (an
   * `IntegrityError` where they are not, a `FileError` where the stream fails); what a browser writes to a file by
   * `createWritable()` is in place only then. Holds 32 MiB, and one part of the document up to 64 MiB.
   *
   * @example
   * const handle = await showSaveFilePicker({ suggestedName: document.fileName });
   * await client.downloadTo(document.id, await handle.createWritable(), { onProgress });
   */
  downloadTo(
    documentId: string,
    target: WritableStream<Uint8Array<ArrayBuffer>> | DownloadTarget,
    options?: DownloadOptions,
  ): Promise<Document>;
  /**
   * A link to the bytes, good for the minutes that the environment gives it. `reason`: why, 3 to 200 characters, where
   * the environment wants one of the caller's role. The link is a secret: do not store or log it.
   */
  downloadLink(documentId: string, options?: DownloadLinkOptions): Promise<DownloadLink>;
  /**
   * A link that works once, for whoever holds it, until `expiresAt`: 60 seconds to 7 days, one day unless said
   * otherwise; the environment may allow less. It is a secret until it is used.
   */
  shareOnce(documentId: string, options?: LinkRequest & SignalOption): Promise<OneTimeLink>;
  /** What there is to know of a document without its names; undefined where there is none that the caller may read. */
  head(documentId: string, options?: SignalOption): Promise<Head | undefined>;
  /** Waits until a document is settled, looking at it in growing intervals while anybody is there to see it. */
  waitForOutcome(documentId: string, options?: OutcomeOptions): Promise<Document>;
  /** Locks a document at once. Until `purgeAfter` of the answer it can be restored, unless it was rejected. */
  deleteDocument(documentId: string, options?: SignalOption): Promise<Document>;
  /** Opens a deleted document again. A `ProblemError` of kind `state-conflict` says why it cannot. */
  restoreDocument(documentId: string, options?: SignalOption): Promise<Document>;
  /**
   * Changes what is said about a document, as it was seen: `entityTag` is that of the `Tagged` look or ETag it was seen
   * with. A `ProblemError` of kind `precondition-failed` says that it has changed since.
   */
  updateDocument(
    documentId: string,
    patch: MetadataPatch,
    options: SignalOption & { readonly entityTag: string },
  ): Promise<Tagged<Document>>;
  /** A document with the tag of how it is shown. */
  getDocument(documentId: string, options?: SignalOption): Promise<Tagged<Document>>;
  /** Everything that happened to a document, oldest first. */
  getHistory(documentId: string, options?: SignalOption): Promise<History>;
}

/** A client of one Sealdrop API, for browsers and Node ≥ 20.16. */
export function createClient(options: ClientOptions): Client {
  const context = contextOf(options);
  const { call, callTagged } = context;
  const uploads = uploadsOf(context, options);
  const downloads = ({ signal }: DownloadOptions) => load(context, signal, () => import('./download.ts'));
  return {
    call,
    upload: (file, uploadOptions) => uploads.add(file, uploadOptions).done,
    uploads,
    download: async (documentId, downloadOptions = {}) =>
      (await downloads(downloadOptions)).download(context, documentId, downloadOptions),
    downloadTo: async (documentId, target, downloadOptions = {}) =>
      (await downloads(downloadOptions)).downloadTo(context, documentId, target, downloadOptions),
    downloadLink: (documentId, { signal, ...query } = {}) =>
      call('issueDownload', { params: { documentId }, query, signal }),
    shareOnce: (documentId, { signal, ...body } = {}) => call('createLink', { params: { documentId }, body, signal }),
    head: (documentId, { signal } = {}) => head(context, documentId, signal),
    waitForOutcome: (documentId, outcomeOptions = {}) =>
      waitForOutcome(context, documentId, {
        ...outcomeOptions,
        waitMilliseconds: outcomeOptions.waitMilliseconds ?? context.outcomeWaitMilliseconds,
      }),
    deleteDocument: (documentId, { signal } = {}) => call('deleteDocument', { params: { documentId }, signal }),
    restoreDocument: (documentId, { signal } = {}) => call('restoreDocument', { params: { documentId }, signal }),
    updateDocument: (documentId, body, { entityTag: ifMatch, signal }) =>
      callTagged('updateDocument', { params: { documentId }, body, ifMatch, signal }),
    getDocument: (documentId, { signal } = {}) => callTagged('getDocument', { params: { documentId }, signal }),
    getHistory: (documentId, { signal } = {}) => call('getHistory', { params: { documentId }, signal }),
  };
}
