import { mayRead } from '../domain/access.ts';
import type { Caller, DocumentRecord } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Documents } from '../ports.ts';

/** The record where the caller may read it. A foreign document and a missing one are the same failure. */
export const findReadable = async (
  documents: Documents,
  caller: Caller,
  documentId: string,
): Promise<Result<DocumentRecord, Failure>> => {
  const record = await documents.find({ tenantId: caller.tenantId, documentId });
  return record !== undefined && mayRead(caller, record) ? ok(record) : fail({ kind: 'document-not-found' });
};
