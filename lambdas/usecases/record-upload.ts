import type { ChangeOrigin } from '../domain/change.ts';
import type { DocumentRecord } from '../domain/document.ts';
import { parseObjectKey } from '../domain/object-key.ts';
import { scanOutcome } from '../domain/scan.ts';
import type { Clock, Documents, DomainEvents, ObjectRef, Objects } from '../ports.ts';
import { alignTag } from './align-tag.ts';
import { applyVerdict } from './apply-verdict.ts';
import { publishChange, publishChangesBy } from './follow-up.ts';
import { type RecordVersionDeps, recordVersion } from './record-version.ts';

/** How an event ended. Every one of these is final for the event; what is not, throws and is delivered again. */
export type RecordUploadOutcome =
  | 'accepted'
  | 'quarantined'
  | 'rejected'
  | 'already-recorded'
  | 'other-version'
  | 'version-gone';

interface Deps extends RecordVersionDeps {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly objects: Objects;
  readonly events: DomainEvents;
}

interface UploadEvent {
  readonly object: ObjectRef;
  /** The same in every delivery of one message. */
  readonly requestId: string;
}

const outcomeOf = { available: 'accepted', scanning: 'quarantined', rejected: 'rejected' } as const;

/**
 * Records a completed upload. The event is a hint that this version may be there; what is true is read from S3. Where
 * another writer wins the record, its decision is what the tag says in the end.
 *
 * @throws where the record is missing (the event came early: deliver it again), or S3 or the table cannot be asked.
 */
export const recordUpload =
  (deps: Deps) =>
  async ({ object, requestId }: UploadEvent): Promise<RecordUploadOutcome> => {
    const ref = parseObjectKey(object.key);
    if (ref === undefined) throw new Error('An object was created under a key that is not ours.');
    const record = await deps.documents.find(ref);
    if (record === undefined) throw new Error('An object was created whose document has no record.');
    const origin = { at: deps.clock.now(), by: 'record-upload', cause: 'object-created' as const, requestId };
    if (record.state !== 'pending') return settle(deps, object, record, origin);

    const facts = await deps.objects.head(object);
    if (facts === undefined) return 'version-gone';
    const outcome = await recordVersion(deps, record, { ...origin, object, facts });
    if (outcome === undefined) return 'version-gone';
    if (!outcome.applied) {
      if (outcome.current !== undefined) return settle(deps, object, outcome.current, origin);
      throw new Error('The record of a document vanished while its upload was recorded.');
    }
    await publishChange(deps.events, record, outcome.record.lastChange);
    const current = await applyEarlyVerdict(deps, object, outcome.record, origin);
    return outcomeOf[current.state as keyof typeof outcomeOf] ?? 'already-recorded';
  };

/**
 * A verdict may have come between the look at the tag and the pin: its event found nothing pinned, and would never come
 * again (F4). So whoever quarantined looks once more.
 */
const applyEarlyVerdict = async (
  deps: Deps,
  object: ObjectRef,
  record: DocumentRecord,
  origin: ChangeOrigin,
): Promise<DocumentRecord> => {
  if (record.state !== 'scanning') return record;
  const applied = await applyVerdict(deps, record, scanOutcome(await deps.objects.verdict(object)), origin);
  if (applied === undefined) return record;
  const { applied: isOurs } = applied;
  const current = isOurs ? applied.record : applied.current;
  if (current === undefined) throw new Error('The record of a document vanished while its verdict was applied.');
  if (isOurs) await publishChange(deps.events, current, current.lastChange);
  else {
    await alignTag(deps, current);
    // It may be ours all the same: written by a call whose answer was lost.
    await publishChangesBy(deps, current, 'object-created');
  }
  return current;
};

/** Someone recorded first: finish what they may have left undone, and make the tag say what the record says. */
const settle = async (deps: Deps, object: ObjectRef, record: DocumentRecord, origin: ChangeOrigin) => {
  const { documents, objects, clock } = deps;
  if (record.versionId !== object.versionId) {
    // It stays unreadable, and the sweeper removes it.
    await objects.setState(object, 'incoming');
    if (!(await documents.setDue(record, clock.now().toISOString())))
      throw new Error('The record of a document changed while another version of it was looked at.');
    return 'other-version';
  }
  await alignTag(deps, record);
  await publishChangesBy(deps, record, 'object-created');
  await applyEarlyVerdict(deps, object, record, origin);
  return 'already-recorded';
};
