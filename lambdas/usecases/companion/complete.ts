import type * as z from 'zod/mini';
import type { CompleteAnswer, CompleteRequest } from '../../../contract/schemas/companion.ts';
import type { Failure } from '../../domain/failure.ts';
import { parseObjectKey } from '../../domain/object-key.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type CompleteDeps, completeUpload } from '../multipart/complete-upload.ts';
import type { NamedUpload } from './find-bound.ts';

export interface CompanionCompleteDeps extends CompleteDeps {
  readonly bucket: string;
}

type Input = NamedUpload & { readonly body: z.infer<typeof CompleteRequest> };

/**
 * Completes an upload of Uppy's. What it says of the parts must be what S3 says. The upload's id must be the record's,
 * also where the upload was completed before and the call is one that was sent again.
 */
export const companionComplete =
  (deps: CompanionCompleteDeps) =>
  async ({ caller, params, query, body }: Input): Promise<Result<z.infer<typeof CompleteAnswer>, Failure>> => {
    const ref = parseObjectKey(query.key);
    if (ref === undefined || ref.tenantId !== caller.tenantId) return fail({ kind: 'document-not-found' });
    const named = body.parts.map(({ PartNumber, ETag }) => ({ partNumber: PartNumber, etag: ETag }));
    const completed = await completeUpload(deps)({
      caller,
      params: { documentId: ref.documentId },
      body: {},
      named: { uploadId: params.uploadId, parts: named },
    });
    if (!completed.ok) return completed;
    return ok({ location: deps.addressOf(query.key), key: query.key, bucket: deps.bucket });
  };
