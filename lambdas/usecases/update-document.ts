import { entityTagOf } from '../../contract/entity-tag.ts';
import type { Profile } from '../../contract/profile.ts';
import type { Document } from '../../contract/schemas/document.ts';
import type { MetadataPatch } from '../../contract/schemas/metadata.ts';
import type { AddressClass } from '../../contract/states.ts';
import { momentOf } from '../domain/complete-history.ts';
import type { Caller, DocumentRecord, MetadataChange } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { changedFields, changeErrors, patchMetadata } from '../domain/metadata.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { viewOf } from '../domain/view.ts';
import type { Clock, Documents } from '../ports.ts';
import { findPermitted } from './find-permitted.ts';

interface Input {
  readonly caller: Caller;
  readonly requestId: string;
  readonly addressClass: AddressClass;
  readonly params: { readonly documentId: string };
  readonly body: MetadataPatch;
  /** Whether the client has seen the document with this tag. */
  readonly hasSeen: (entityTag: string) => boolean;
}

/** What was never uploaded, and what is gone for good, is described no more. */
const describable: readonly DocumentRecord['state'][] = ['pending', 'scanning', 'available', 'rejected', 'deleted'];

const nextChange = (record: DocumentRecord, { caller, requestId, addressClass }: Input) => ({
  metadataRevision: (record.lastMetadataChange?.metadataRevision ?? 0) + 1,
  revision: record.lastChange.revision,
  by: caller.subjectId,
  requestId,
  addressClass,
});

const isSame = (one: MetadataChange | undefined, other: MetadataChange): boolean =>
  one?.metadataRevision === other.metadataRevision && momentOf(one) === momentOf(other);

/**
 * Changes what is said about a document, only as the client saw it last: of two who change the same thing one is told
 * to look again (412), and neither loses anything. A change of state in between counts too.
 */
export const updateDocument =
  (deps: { clock: Clock; documents: Pick<Documents, 'find' | 'describe'>; profile: Profile }) =>
  async (input: Input): Promise<Result<Document, Failure>> => {
    const found = await findPermitted(deps.documents, 'update', input.caller, input.params.documentId);
    if (!found.ok) return found;
    const record = found.value;
    if (!describable.includes(record.state)) return fail({ kind: 'state-conflict', state: record.state });
    if (!input.hasSeen(entityTagOf(viewOf(record)))) return fail({ kind: 'precondition-failed' });

    const metadata = patchMetadata(record.metadata, input.body);
    const fields = changedFields(record.metadata, metadata);
    if (fields.length === 0) return ok(viewOf(record));
    const errors = changeErrors(metadata, fields, deps.profile, input.caller);
    if (errors.length > 0) return fail({ kind: 'invalid-request', errors });

    const at = deps.clock.now().toISOString();
    const change: MetadataChange = { ...nextChange(record, input), at, fields };
    const outcome = await deps.documents.describe(record, metadata, change);
    // Of a call whose answer was lost and that was sent again, the first attempt may have been ours.
    const isOurs = outcome.applied || isSame(outcome.current?.lastMetadataChange, change);
    const current = outcome.applied ? outcome.record : outcome.current;
    return isOurs && current !== undefined ? ok(viewOf(current)) : fail({ kind: 'precondition-failed' });
  };
