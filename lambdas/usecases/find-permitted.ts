import type { Action } from '../../contract/roles.ts';
import { permits } from '../domain/access.ts';
import type { Caller, DocumentRecord } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Documents } from '../ports.ts';

/**
 * The record where the caller may do this with it. A document that the caller may not read and a missing one are the
 * same failure; who may read it is told that it may not be changed.
 */
export const findPermitted = async (
  documents: Pick<Documents, 'find'>,
  action: Action,
  caller: Caller,
  documentId: string,
): Promise<Result<DocumentRecord, Failure>> => {
  const record = await documents.find({ tenantId: caller.tenantId, documentId });
  if (record === undefined || !permits('read', caller, record)) return fail({ kind: 'document-not-found' });
  return permits(action, caller, record) ? ok(record) : fail({ kind: 'not-permitted' });
};
