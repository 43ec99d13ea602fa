import { bySweep, changeOf } from '../domain/change.ts';
import type { DocumentRecord } from '../domain/document.ts';
import { objectKey } from '../domain/object-key.ts';
import type { Clock, Documents, Objects, TransitionOutcome } from '../ports.ts';

interface Deps {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly objects: Pick<Objects, 'listVersions' | 'deleteVersion'>;
}

type Step = (deps: Deps, record: DocumentRecord, requestId: string) => Promise<TransitionOutcome>;

const pinned = ({ versionId }: DocumentRecord) => (versionId === undefined ? {} : { versionId });

/** Whether a document that nobody deleted has to go now, because the days of its class are over. */
export const isRetentionOver = ({ state, retainUntil }: DocumentRecord, now: string): boolean =>
  (state === 'available' || state === 'rejected') && retainUntil !== undefined && retainUntil <= now;

/** What was deleted cannot be restored from here on. */
export const purge: Step = async ({ clock, documents }, record, requestId) => {
  const change = changeOf('purge', record, bySweep(clock.now(), requestId));
  return documents.apply('purge', record, { change, ...pinned(record) });
};

/** The same of what nobody deleted. What it was is kept, because what counts in quotas counts until its bytes are gone. */
export const lapse: Step = async ({ clock, documents }, record, requestId) => {
  const { state } = record;
  const change = changeOf('lapse', record, bySweep(clock.now(), requestId));
  return documents.apply('lapse', record, {
    change,
    ...pinned(record),
    ...((state === 'available' || state === 'rejected') && { deletedFrom: state }),
  });
};

/** The record says `purging` before the first byte goes, so that whoever comes next goes on with it. */
export const finishPurge: Step = async ({ clock, documents, objects }, record, requestId) => {
  for (const version of await objects.listVersions(objectKey(record))) await objects.deleteVersion(version);
  const change = changeOf('finishPurge', record, bySweep(clock.now(), requestId));
  return documents.apply('finishPurge', record, { change, ...pinned(record) });
};
