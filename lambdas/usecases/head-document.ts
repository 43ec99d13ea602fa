import { documentHeaders } from '../../contract/document-headers.ts';
import type { Document } from '../../contract/schemas/document.ts';
import type { Caller } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { okWith, type Result } from '../domain/result.ts';
import { viewOf } from '../domain/view.ts';
import type { Documents } from '../ports.ts';
import { findPermitted } from './find-permitted.ts';

const headersOf = (document: Document) => ({
  'Last-Modified': new Date(document.updatedAt).toUTCString(),
  ...Object.fromEntries(
    Object.entries(documentHeaders).flatMap(([field, name]) => {
      const value = document[field as keyof typeof documentHeaders];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  ),
});

/** Whether the caller may read such a document, and what there is to say of it without its names. */
export const headDocument =
  (deps: { documents: Pick<Documents, 'find'> }) =>
  async (input: { caller: Caller; params: { documentId: string } }): Promise<Result<Document, Failure>> => {
    const found = await findPermitted(deps.documents, 'read', input.caller, input.params.documentId);
    if (!found.ok) return found;
    const document = viewOf(found.value);
    return okWith(document, headersOf(document));
  };
