import type { Document } from '../../../contract/schemas/document.ts';
import type { Caller } from '../../domain/document.ts';
import { abortedUntil } from '../../domain/due.ts';
import type { Failure } from '../../domain/failure.ts';
import { objectKey } from '../../domain/object-key.ts';
import { isUploading } from '../../domain/parts.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { viewOf } from '../../domain/view.ts';
import type { Clock, Documents, MultipartUploads } from '../../ports.ts';
import { findPermitted } from '../find-permitted.ts';

export interface AbortDeps {
  readonly clock: Clock;
  readonly documents: Pick<Documents, 'find' | 'setUpload'>;
  readonly uploads: Pick<MultipartUploads, 'abort'>;
}

/**
 * Gives an upload in parts up: S3 removes what came of it, and the sweeper ends the record a quarter of an hour later,
 * by what S3 says then, for a completion may have been faster. Twice is once.
 */
export const abortUpload =
  (deps: AbortDeps) =>
  async (input: { caller: Caller; params: { documentId: string } }): Promise<Result<Document, Failure>> => {
    const found = await findPermitted(deps.documents, 'upload', input.caller, input.params.documentId);
    if (!found.ok) return found;
    const record = found.value;
    if (record.upload?.abortedAt !== undefined) return ok(viewOf(record));
    if (!isUploading(record)) return fail({ kind: 'upload-ended' });
    await deps.uploads.abort({ key: objectKey(record), uploadId: record.upload.uploadId });
    const now = deps.clock.now();
    const aborted = { ...record.upload, abortedAt: now.toISOString() };
    // Where the record has changed meanwhile, a completion was faster, or another call like this.
    await deps.documents.setUpload(record, aborted, abortedUntil(now));
    return ok(viewOf((await deps.documents.find(record)) ?? record));
  };
