import { partSizeBytesOf, partsCountOf } from '../../../contract/parts.ts';
import type { PartList } from '../../../contract/schemas/parts.ts';
import type { Caller } from '../../domain/document.ts';
import type { Failure } from '../../domain/failure.ts';
import { objectKey } from '../../domain/object-key.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Documents, MultipartUploads } from '../../ports.ts';
import { findUpload } from './find-upload.ts';

interface Deps {
  readonly documents: Pick<Documents, 'find'>;
  readonly uploads: Pick<MultipartUploads, 'listParts'>;
}

/** What S3 holds of an upload, for who wants to go on with it. */
export const listParts =
  (deps: Deps) =>
  async (input: { caller: Caller; params: { documentId: string } }): Promise<Result<PartList, Failure>> => {
    const found = await findUpload(deps.documents, input.caller, input.params.documentId);
    if (!found.ok) return found;
    const { upload, sizeBytes, uploadExpiresAt: expiresAt } = found.value;
    const parts = await deps.uploads.listParts({ key: objectKey(found.value), uploadId: upload.uploadId });
    if (parts === undefined) return fail({ kind: 'upload-ended' });
    const { partSizeBytes = partSizeBytesOf(sizeBytes), checksumAlgorithm } = upload;
    const partsCount = partsCountOf(sizeBytes, partSizeBytes);
    return ok({ partSizeBytes, partsCount, checksumAlgorithm, expiresAt, parts: [...parts] });
  };
