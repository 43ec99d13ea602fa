import type { Caller } from '../../domain/document.ts';
import type { Failure } from '../../domain/failure.ts';
import { parseObjectKey } from '../../domain/object-key.ts';
import type { UploadingRecord } from '../../domain/parts.ts';
import { fail, type Result } from '../../domain/result.ts';
import type { Documents } from '../../ports.ts';
import { findUpload } from '../multipart/find-upload.ts';

/** How Uppy's clients name an upload, in every call. */
export interface NamedUpload {
  readonly caller: Caller;
  readonly params: { readonly uploadId: string };
  readonly query: { readonly key: string };
}

/** The document whose upload that is: the caller's own, at that key, by that id. Whatever else is named is not there. */
export const findBound = async (
  documents: Pick<Documents, 'find'>,
  { caller, params, query }: NamedUpload,
): Promise<Result<UploadingRecord, Failure>> => {
  const ref = parseObjectKey(query.key);
  if (ref === undefined || ref.tenantId !== caller.tenantId) return fail({ kind: 'document-not-found' });
  const found = await findUpload(documents, caller, ref.documentId);
  if (found.ok && found.value.upload.uploadId !== params.uploadId) return fail({ kind: 'document-not-found' });
  return found;
};
