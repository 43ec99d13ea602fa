import type { Change, DocumentRecord, DocumentRef } from '../domain/document.ts';
import { needsSecondLook } from '../domain/due.ts';
import { eventOf } from '../domain/event-of.ts';
import type { Cause } from '../domain/lifecycle.ts';
import type { Documents, DomainEvents, Objects } from '../ports.ts';
import { alignTag } from './align-tag.ts';

export interface FollowUpDeps {
  readonly documents: Pick<Documents, 'find' | 'markPublished'>;
  readonly objects: Pick<Objects, 'setState'>;
  readonly events: DomainEvents;
}

/** Tells of a change. At least once: whoever cannot know whether it was told tells it again, under the same id. */
export const publishChange = async (events: DomainEvents, ref: DocumentRef, change: Change): Promise<void> => {
  const event = eventOf(ref, change);
  if (event !== undefined) await events.publish(event);
};

/**
 * Tells again what messages of this kind changed: an earlier delivery may have died before it told. By cause, not by
 * message: one that was moved back from the dead letters has a new id (SQS developer guide, "dead-letter queue redrive").
 */
export const publishChangesBy = async (
  { documents, events }: { documents: Pick<Documents, 'history'>; events: DomainEvents },
  record: DocumentRecord,
  cause: Cause,
): Promise<void> => {
  for (const entry of await documents.history(record)) {
    if (entry.kind === 'change' && entry.cause === cause) await publishChange(events, record, entry);
  }
};

/**
 * What follows a change that no message would bring again: the tag, then the event. The record stays due, so that the
 * sweeper does what is left undone by whoever dies on the way, and looks once more when every slow writer has ended.
 */
export const followUp = async (deps: FollowUpDeps, record: DocumentRecord): Promise<DocumentRecord> => {
  await alignTag(deps, record);
  const { revision } = record.lastChange;
  if (record.publishedRevision === revision || !needsSecondLook(record)) return record;
  await publishChange(deps.events, record, record.lastChange);
  await deps.documents.markPublished(record);
  return { ...record, publishedRevision: revision };
};

/** Finishes the last change before another takes its place: its event would be lost with it. */
export const finishLastChange = async (deps: FollowUpDeps, record: DocumentRecord): Promise<DocumentRecord> =>
  needsSecondLook(record) && record.publishedRevision !== record.lastChange.revision ? followUp(deps, record) : record;
