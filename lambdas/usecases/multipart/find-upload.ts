import type { Caller } from '../../domain/document.ts';
import type { Failure } from '../../domain/failure.ts';
import { isUploading, type UploadingRecord } from '../../domain/parts.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Documents } from '../../ports.ts';
import { findPermitted } from '../find-permitted.ts';

/** The caller's document, where parts of it may still come; only who declared it sends its bytes. */
export const findUpload = async (
  documents: Pick<Documents, 'find'>,
  caller: Caller,
  documentId: string,
): Promise<Result<UploadingRecord, Failure>> => {
  const found = await findPermitted(documents, 'upload', caller, documentId);
  if (!found.ok) return found;
  return isUploading(found.value) ? ok(found.value) : fail({ kind: 'upload-ended' });
};
