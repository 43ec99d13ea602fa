import { type ChangeOrigin, changeOf } from '../domain/change.ts';
import type { DocumentRecord } from '../domain/document.ts';
import { secondLookAt } from '../domain/due.ts';
import type { TransitionName } from '../domain/lifecycle.ts';
import { transitions } from '../domain/lifecycle.ts';
import { objectKey } from '../domain/object-key.ts';
import { objectStateOf } from '../domain/object-state.ts';
import type { ScanOutcome } from '../domain/scan.ts';
import type { Documents, Objects, TransitionOutcome } from '../ports.ts';

interface Deps {
  readonly documents: Pick<Documents, 'apply' | 'setDue'>;
  readonly objects: Pick<Objects, 'setState'>;
}

/** What a verdict changes of a record; undefined where it changes nothing. */
const transitionOf = (record: DocumentRecord, { kind }: ScanOutcome): TransitionName | undefined => {
  const { state, deletedFrom } = record;
  if (kind === 'clean') return state === 'scanning' ? 'clear' : undefined;
  if (kind === 'none') return undefined;
  if (state === 'scanning' || state === 'available') return 'condemn';
  // What could be restored would be open again.
  return state === 'deleted' && deletedFrom === 'available' ? 'condemnDeleted' : undefined;
};

/**
 * Makes the change that a verdict asks for; undefined where it asks for none. Caused by a message the tag is written
 * first: a reader is locked out at once, and a document is never `available` before S3 gives it out. A sweep writes
 * the record first, because nobody would repeat what it died of.
 *
 * What was open already is made due before its tag is touched: should the message end among the dead letters, the
 * bucket's rules would remove the bytes of a document that says it is available.
 */
export const applyVerdict = async (
  { documents, objects }: Deps,
  record: DocumentRecord,
  outcome: ScanOutcome,
  origin: ChangeOrigin,
): Promise<TransitionOutcome | undefined> => {
  const name = transitionOf(record, outcome);
  const { versionId } = record;
  if (name === undefined || versionId === undefined) return undefined;
  const why = outcome.kind === 'rejected' ? { rejectionReason: outcome.reason } : {};
  const change = changeOf(name, record, { ...origin, ...why });
  const isAtRest = record.state !== 'scanning' && origin.cause !== 'sweep';
  if (isAtRest && !(await documents.setDue(record, secondLookAt(origin.at))))
    throw new Error('The record of a document changed before its verdict was applied.');
  if (origin.cause !== 'sweep')
    await objects.setState({ key: objectKey(record), versionId }, objectStateOf[transitions[name].to]);
  return documents.apply(name, record, {
    change,
    versionId,
    ...(name === 'clear' && { availableAt: change.at }),
    ...(name === 'condemnDeleted' && { deletedFrom: 'rejected' as const }),
    ...why,
  });
};
