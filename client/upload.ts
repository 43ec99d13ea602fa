import type { Document } from '../contract/schemas/document.ts';
import type { Metadata } from '../contract/schemas/metadata.ts';
import type { SinglePut } from '../contract/schemas/upload.ts';
import type { CallInput, Tagged } from './call.ts';
import { SealdropError } from './errors.ts';
import { describeFile, type FileDescription, refusalOf } from './file.ts';
import { sha256OfBlob } from './hash.ts';
import type { IdempotencyKeys } from './idempotency-keys.ts';
import { type OutcomeContext, type OutcomeOptions, waitForOutcome } from './outcome.ts';
import { type Report, trackProgress, type UploadProgress } from './progress.ts';
import { type PutContext, putFile } from './put-file.ts';

export interface UploadOptions extends Partial<FileDescription>, Pick<OutcomeOptions, 'signal' | 'onSlow'> {
  /** What the document is about; what of it must be there `GET /v1/settings` says. */
  readonly metadata?: Metadata | undefined;
  readonly onProgress?: (progress: UploadProgress) => void;
  /** The record, when it was declared and each time it was looked at after the transfer. */
  readonly onDocument?: (document: Document) => void;
}

/** What a declaration gave: permission for one PUT, where there is anything to send, and the record as it was seen last. */
export interface Declared {
  readonly put: SinglePut | undefined;
  readonly seen: Tagged<Document>;
}

export interface UploadContext extends PutContext, OutcomeContext {
  readonly outcomeWaitMilliseconds: number | undefined;
  /**
   * What failed after it was declared, by its `File` object. The bytes may be stored although no answer said so, and
   * then a second declaration would make a second document of one file. So trying again goes on with the first.
   */
  readonly unfinished: WeakMap<Blob, Declared & { readonly metadata: Metadata | undefined }>;
  readonly keys: IdempotencyKeys;
}

/** Hash, declare, send, wait for the outcome. */
export async function upload(context: UploadContext, file: Blob, options: UploadOptions): Promise<Document> {
  const { signal, onDocument } = options;
  signal?.throwIfAborted();
  const refusal = refusalOf(file, options);
  if (refusal !== undefined) throw refusal;
  const report = trackProgress(file.size, options.onProgress);
  const earlier = await findUnfinished(context, file, options);
  const declared = earlier ?? (await declare(context, file, options, report));
  onDocument?.(declared.seen.value);
  context.unfinished.delete(file);
  try {
    return await send(context, file, options, { ...declared, maybeStored: earlier !== undefined }, report);
  } catch (error) {
    if (error instanceof SealdropError && error.retryable) {
      context.unfinished.set(file, { ...declared, metadata: options.metadata });
    }
    throw error;
  }
}

/** Whether nothing will come of it any more: its bytes did not come in time. */
const isOver = ({ state }: Document): boolean => state === 'pending' || state === 'expired';

async function declare(context: UploadContext, file: Blob, options: UploadOptions, report: Report): Promise<Declared> {
  const { signal } = options;
  report('hashing', 0);
  const sha256 = await sha256OfBlob(file, signal, (bytesDone) => report('hashing', bytesDone));
  report('declaring', 0);
  const body = { ...options.metadata, ...describeFile(file, options), sizeBytes: file.size, sha256 };
  const first = await declareOnce(context, file, body, signal);
  // A key of an earlier attempt may lead to a record that waits for bytes which may come no more.
  return first.put === undefined && isOver(first.seen.value) ? declareOnce(context, file, body, signal) : first;
}

async function declareOnce(
  { callTagged, keys }: UploadContext,
  file: Blob,
  body: CallInput<'requestUpload'>['body'],
  signal: AbortSignal | undefined,
): Promise<Declared> {
  const idempotencyKey = keys.keyOf(file, body);
  const { value, entityTag } = await callTagged('requestUpload', { body, idempotencyKey, signal });
  keys.forget(file);
  const { document, upload } = value;
  // The tag of a 201 is that of what was created (RFC 9110 section 15.3.2): of the document.
  return { put: upload.kind === 'single-put' ? upload : undefined, seen: { value: document, entityTag } };
}

async function send(
  context: UploadContext,
  file: Blob,
  { signal, onDocument, onSlow }: UploadOptions,
  { put, seen, maybeStored }: Declared & { readonly maybeStored: boolean },
  report: Report,
): Promise<Document> {
  if (seen.value.state === 'pending' && put !== undefined) {
    report('uploading', 0);
    await putFile(context, {
      put,
      file,
      signal,
      maybeStored,
      onSent: (bytesDone) => report('uploading', Math.min(bytesDone, file.size)),
    });
  }
  report('verifying', 0);
  const waitMilliseconds = context.outcomeWaitMilliseconds;
  const options = { signal, waitMilliseconds, onDocument, onSlow };
  const settled = await waitForOutcome(context, seen.value.id, options, seen);
  report('verifying', file.size);
  return settled;
}

/** The declaration of an earlier attempt with its record as it is now, where going on with it can still succeed. */
async function findUnfinished(
  context: UploadContext,
  file: Blob,
  options: UploadOptions,
): Promise<Declared | undefined> {
  const earlier = context.unfinished.get(file);
  const { fileName, mediaType } = describeFile(file, options);
  if (earlier?.seen.value.fileName !== fileName || earlier.seen.value.mediaType !== mediaType) return undefined;
  // Who says something else about the file means another document.
  if (JSON.stringify(earlier.metadata) !== JSON.stringify(options.metadata)) return undefined;
  const { put, seen: known } = earlier;
  const params = { documentId: known.value.id };
  const seen = await context.callTagged('getDocument', { params, known, signal: options.signal });
  const { state } = seen.value;
  // Nothing was stored where the record still waits after the permission to send ran out.
  const isTooLate = put === undefined || Date.parse(put.expiresAt) <= context.timing.now();
  return state === 'expired' || (state === 'pending' && isTooLate) ? undefined : { put, seen };
}
