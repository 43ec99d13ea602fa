import type { Document } from '../../contract/schemas/document.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { okWith, type Result } from '../domain/result.ts';
import { storageHeaders } from '../domain/storage-headers.ts';
import { viewOf } from '../domain/view.ts';
import type { Documents, ObjectAddress } from '../ports.ts';
import { findPermitted } from './find-permitted.ts';

export const getDocument =
  (deps: { documents: Pick<Documents, 'find'>; addressOf: ObjectAddress }) =>
  async (input: { caller: Caller; params: { documentId: string } }): Promise<Result<Document, Failure>> => {
    const found = await findPermitted(deps.documents, 'read', input.caller, input.params.documentId);
    if (!found.ok) return found;
    return okWith(viewOf(found.value), storageHeaders(input.caller, found.value, deps.addressOf));
  };
