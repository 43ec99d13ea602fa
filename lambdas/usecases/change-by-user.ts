import type { Document } from '../../contract/schemas/document.ts';
import type { AddressClass } from '../../contract/states.ts';
import { type ChangeOrigin, changeOf } from '../domain/change.ts';
import type { Caller, DocumentRecord } from '../domain/document.ts';
import type { Failure } from '../domain/failure.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { viewOf } from '../domain/view.ts';
import type { Clock, Documents, DomainEvents, Objects, TransitionFacts } from '../ports.ts';
import { findPermitted } from './find-permitted.ts';
import { finishLastChange, followUp } from './follow-up.ts';

export interface UserChangeDeps {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly objects: Pick<Objects, 'setState'>;
  readonly events: DomainEvents;
}

export interface UserChangeInput {
  readonly caller: Caller;
  readonly requestId: string;
  readonly addressClass: AddressClass;
  readonly params: { readonly documentId: string };
}

/** What a person wants of a document. */
export interface Wish {
  readonly transition: 'delete' | 'restore';
  /** Whether the document is as wanted already: asking twice is asking once. */
  readonly isFulfilled: (record: DocumentRecord) => boolean;
  readonly isPossible: (record: DocumentRecord) => boolean;
  readonly facts: (record: DocumentRecord, at: Date) => Omit<TransitionFacts, 'change'>;
}

/**
 * Races are lost to other changes of the same document. Who loses so many in a row is one of a crowd that deletes and
 * restores it: that is no fault of ours, and who waits a moment will find it quieter.
 */
const triesMax = 4;

/** Makes a change that a person asks for: the record first, then tag and event, which the sweeper finishes if need be. */
export const changeByUser = async (
  deps: UserChangeDeps,
  { caller, requestId, addressClass, params }: UserChangeInput,
  wish: Wish,
): Promise<Result<Document, Failure>> => {
  for (let attempt = 0; attempt < triesMax; attempt += 1) {
    const found = await findPermitted(deps.documents, wish.transition, caller, params.documentId);
    if (!found.ok) return found;
    const record = found.value;
    await finishLastChange(deps, record);
    if (wish.isFulfilled(record)) return ok(viewOf(record));
    if (!wish.isPossible(record)) return fail({ kind: 'state-conflict', state: record.state });

    const at = deps.clock.now();
    const origin: ChangeOrigin = { at, by: caller.subjectId, cause: 'user', requestId, addressClass };
    const change = changeOf(wish.transition, record, origin);
    const outcome = await deps.documents.apply(wish.transition, record, { change, ...wish.facts(record, at) });
    if (!outcome.applied) continue;
    await followUp(deps, outcome.record);
    return ok(viewOf(outcome.record));
  }
  return fail({ kind: 'too-many-requests' });
};
