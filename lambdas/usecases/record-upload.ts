import { limits } from '../../contract/limits.ts';
import { changeOf } from '../domain/change.ts';
import type { DocumentRecord } from '../domain/document.ts';
import type { TransitionName } from '../domain/lifecycle.ts';
import { parseObjectKey } from '../domain/object-key.ts';
import { objectStateOf } from '../domain/object-state.ts';
import { rejectionByContent, rejectionByFacts } from '../domain/verify-upload.ts';
import type { Clock, Documents, MediaTypeSniffer, ObjectFacts, ObjectRef, Objects } from '../ports.ts';

/** How an event ended. Every one of these is final for the event; what is not, throws and is delivered again. */
export type RecordUploadOutcome = 'accepted' | 'rejected' | 'already-recorded' | 'other-version' | 'version-gone';

interface Deps {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly objects: Objects;
  readonly sniffer: MediaTypeSniffer;
}

/**
 * Records a completed upload. The event is a hint that this version may be there; what is true is read from S3. The
 * tag is written before the record, so that a record never says `available` while S3 still refuses the download, and
 * where another writer wins the record, its decision is what the tag says in the end.
 *
 * @throws where the record is missing (the event came early: deliver it again), or S3 or the table cannot be asked.
 */
export const recordUpload =
  (deps: Deps) =>
  async (event: { object: ObjectRef; requestId: string }): Promise<RecordUploadOutcome> => {
    const { object } = event;
    const ref = parseObjectKey(object.key);
    if (ref === undefined) throw new Error('An object was created under a key that is not ours.');
    const record = await deps.documents.find(ref);
    if (record === undefined) throw new Error('An object was created whose document has no record.');
    if (record.state !== 'pending') return settle(deps, object, record);

    const facts = await deps.objects.head(object);
    if (facts === undefined) return 'version-gone';
    return decide(deps, record, { ...event, facts });
  };

const decide = async (
  deps: Deps,
  record: DocumentRecord,
  { object, facts, requestId }: { object: ObjectRef; facts: ObjectFacts; requestId: string },
): Promise<RecordUploadOutcome> => {
  const rejectionReason = rejectionByFacts(record, facts) ?? rejectionByContent(record, await sniff(deps, object));
  const name: TransitionName = rejectionReason === undefined ? 'accept' : 'refuse';
  const at = deps.clock.now();
  const change = changeOf(name, record, { at, by: 'record-upload', cause: 'object-created', requestId });

  if (!(await deps.objects.setState(object, objectStateOf[change.to]))) return 'version-gone';
  const outcome = await deps.documents.apply(name, record, {
    change,
    versionId: object.versionId,
    etag: facts.etag,
    ...(rejectionReason === undefined ? { availableAt: change.at } : { rejectionReason }),
  });
  if (outcome.applied) return rejectionReason === undefined ? 'accepted' : 'rejected';
  if (outcome.current === undefined)
    throw new Error('The record of a document vanished while its upload was recorded.');
  return settle(deps, object, outcome.current);
};

const sniff = async ({ objects, sniffer }: Deps, object: ObjectRef): Promise<string | undefined> =>
  sniffer.sniff(await objects.readStart(object, limits.sniffSizeBytes));

/** Someone recorded first: finish what they may have left undone, and make the tag say what the record says. */
const settle = async (deps: Deps, object: ObjectRef, record: DocumentRecord): Promise<RecordUploadOutcome> => {
  const isPinned = record.versionId === object.versionId;
  if (isPinned) await deps.documents.completeHistory(record);
  // A version that is not the pinned one stays unreadable, and the lifecycle rule on `incoming` removes it.
  await deps.objects.setState(object, isPinned ? objectStateOf[record.state] : 'incoming');
  return isPinned ? 'already-recorded' : 'other-version';
};
