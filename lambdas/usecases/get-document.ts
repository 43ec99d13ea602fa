import type { Document } from '../../contract/schemas/document.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { ok, type Result } from '../domain/result.ts';
import { viewOf } from '../domain/view.ts';
import type { Documents } from '../ports.ts';
import { findPermitted } from './find-permitted.ts';

export const getDocument =
  (deps: { documents: Documents }) =>
  async (input: { caller: Caller; params: { documentId: string } }): Promise<Result<Document, Failure>> => {
    const found = await findPermitted(deps.documents, 'read', input.caller, input.params.documentId);
    return found.ok ? ok(viewOf(found.value)) : found;
  };
