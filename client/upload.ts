import type { Document } from '../contract/schemas/document.ts';
import type { UploadInstruction } from '../contract/schemas/upload.ts';
import type { Call } from './call.ts';
import { SealdropError } from './errors.ts';
import { describeFile, type FileDescription, refusalOf } from './file.ts';
import { sha256OfBlob } from './hash.ts';
import { waitForOutcome } from './outcome.ts';
import { type Report, trackProgress, type UploadProgress } from './progress.ts';
import { type PutContext, putFile } from './put-file.ts';

export interface UploadOptions extends Partial<FileDescription> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: UploadProgress) => void;
  /** The record, when it was declared and each time it was looked at after the transfer. */
  readonly onDocument?: (document: Document) => void;
}

export interface UploadContext extends PutContext {
  readonly call: Call;
  readonly outcomeWaitMilliseconds: number;
  /**
   * What failed after it was declared, by its `File` object. The bytes may be stored although no answer said so, and
   * then a second declaration would make a second document of one file. So trying again goes on with the first.
   */
  readonly unfinished: WeakMap<Blob, UploadInstruction>;
}

/** Hash, declare, send, wait for the outcome. */
export async function upload(context: UploadContext, file: Blob, options: UploadOptions): Promise<Document> {
  const { signal, onDocument } = options;
  signal?.throwIfAborted();
  const refusal = refusalOf(file, options);
  if (refusal !== undefined) throw refusal;
  const report = trackProgress(file.size, options.onProgress);
  const earlier = await findUnfinished(context, file, options);
  const instruction = earlier ?? (await declare(context, file, options, report));
  onDocument?.(instruction.document);
  context.unfinished.delete(file);
  try {
    return await send(context, file, options, { ...instruction, maybeStored: earlier !== undefined }, report);
  } catch (error) {
    if (error instanceof SealdropError && error.retryable) context.unfinished.set(file, instruction);
    throw error;
  }
}

async function declare(
  context: UploadContext,
  file: Blob,
  options: UploadOptions,
  report: Report,
): Promise<UploadInstruction> {
  const { signal } = options;
  report('hashing', 0);
  const sha256 = await sha256OfBlob(file, signal, (bytesDone) => report('hashing', bytesDone));
  report('declaring', 0);
  // Tried again even if an answer was lost: what a lost answer leaves behind is a pending record, which holds no bytes
  // and expires by itself.
  return context.call('requestUpload', {
    body: { ...describeFile(file, options), sizeBytes: file.size, sha256 },
    signal,
  });
}

async function send(
  context: UploadContext,
  file: Blob,
  { signal, onDocument }: UploadOptions,
  { document, upload: put, maybeStored }: UploadInstruction & { readonly maybeStored: boolean },
  report: Report,
): Promise<Document> {
  if (document.state === 'pending') {
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
  const settled = await waitForOutcome(context, document.id, {
    signal,
    waitMilliseconds: context.outcomeWaitMilliseconds,
    onDocument,
  });
  report('verifying', file.size);
  return settled;
}

/** The declaration of an earlier attempt with its record as it is now, where going on with it can still succeed. */
async function findUnfinished(
  context: UploadContext,
  file: Blob,
  options: UploadOptions,
): Promise<UploadInstruction | undefined> {
  const earlier = context.unfinished.get(file);
  const { fileName, mediaType } = describeFile(file, options);
  if (earlier?.document.fileName !== fileName || earlier.document.mediaType !== mediaType) return undefined;
  const document = await context.call('getDocument', {
    params: { documentId: earlier.document.id },
    signal: options.signal,
  });
  // Nothing was stored where the record still waits after the permission to send ran out.
  const isOver = document.state === 'pending' && Date.parse(earlier.upload.expiresAt) <= context.timing.now();
  return isOver || document.state === 'expired' ? undefined : { ...earlier, document };
}
