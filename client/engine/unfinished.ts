import type { Document } from '../../contract/schemas/document.ts';
import type { Metadata } from '../../contract/schemas/metadata.ts';
import type { Tagged } from '../call.ts';
import { ProblemError } from '../errors.ts';
import { isUsable } from './clock.ts';
import type { Engine } from './engine.ts';
import type { SingleUpload } from './single-upload.ts';
import type { UploadJob } from './upload-job.ts';

/**
 * What failed after it was declared for one PUT, by its `File` object. The bytes may be stored although no answer said so,
 * and then a second declaration would make a second document of one file. So trying again goes on with the first.
 */
export class Unfinished {
  readonly #uploads = new WeakMap<object, SingleUpload & { readonly metadata: Metadata | undefined }>();

  keep({ file, options }: UploadJob, upload: SingleUpload): void {
    this.#uploads.set(file, { ...upload, maybeStored: true, metadata: options.metadata });
  }

  /** What was declared before, with its record as it is now, where going on with it can still succeed. */
  async take(engine: Engine, job: UploadJob, signal: AbortSignal): Promise<SingleUpload | undefined> {
    const earlier = this.#uploads.get(job.file);
    if (earlier === undefined || !isSame(job, earlier)) return undefined;
    const { put } = earlier;
    const seen = await lookAgain(engine, earlier, signal);
    this.#uploads.delete(job.file);
    if (seen === undefined) return undefined;
    const { state } = seen.value;
    // Nothing was stored where the record still waits after the permission to send ran out.
    const isTooLate = !earlier.isStored && (put === undefined || !isUsable(earlier.usableUntil, engine.timing));
    return state === 'expired' || (state === 'pending' && isTooLate) ? undefined : { ...earlier, seen };
  }
}

/** Undefined where there is no such document any more. */
async function lookAgain(
  { callTagged }: Engine,
  { seen: known }: SingleUpload,
  signal: AbortSignal,
): Promise<Tagged<Document> | undefined> {
  try {
    return await callTagged('getDocument', { params: { documentId: known.value.id }, known, signal });
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return undefined;
    throw error;
  }
}

/** Who says something else about the file means another document. */
const isSame = (
  { description, options }: UploadJob,
  { seen, metadata }: SingleUpload & { readonly metadata: Metadata | undefined },
): boolean =>
  seen.value.fileName === description.fileName &&
  seen.value.mediaType === description.mediaType &&
  JSON.stringify(metadata) === JSON.stringify(options.metadata);
