import type { History } from '../../contract/schemas/history.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Documents } from '../ports.ts';
import { findPermitted } from './find-permitted.ts';

/** Everything that happened to a document, oldest first. */
export const getHistory =
  (deps: { documents: Documents }) =>
  async (input: { caller: Caller; params: { documentId: string } }): Promise<Result<History, Failure>> => {
    const found = await findPermitted(deps.documents, 'readHistory', input.caller, input.params.documentId);
    return found.ok ? ok({ entries: [...(await deps.documents.history(found.value))] }) : found;
  };
