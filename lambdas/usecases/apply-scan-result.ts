import type { ScanVerdict } from '../../contract/states.ts';
import type { DocumentRecord } from '../domain/document.ts';
import { parseObjectKey } from '../domain/object-key.ts';
import { scanOutcome } from '../domain/scan.ts';
import type { Clock, Documents, DomainEvents, ObjectRef, Objects } from '../ports.ts';
import { alignTag } from './align-tag.ts';
import { applyVerdict } from './apply-verdict.ts';
import { finishLastChange, publishChange, publishChangesBy } from './follow-up.ts';

/** How an event ended. Every one of these is final for the event; what is not, throws and is delivered again. */
export type ScanResultOutcome = 'cleared' | 'condemned' | 'no-verdict' | 'not-pinned' | 'nothing-to-do' | 'foreign';

interface Deps {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly objects: Objects;
  readonly events: DomainEvents;
}

interface ScanEvent {
  readonly object: ObjectRef;
  readonly verdict: ScanVerdict;
  /** The same in every delivery of one message. */
  readonly requestId: string;
}

/**
 * Applies a verdict to the version it is about, and to no other. A clean verdict opens only what waits for one, and
 * only where the scanner's tag does not say otherwise; a bad one closes whatever could still be read or restored.
 *
 * @throws where the record is missing, or S3 or the table cannot be asked.
 */
export const applyScanResult =
  (deps: Deps) =>
  async ({ object, verdict, requestId }: ScanEvent): Promise<ScanResultOutcome> => {
    const ref = parseObjectKey(object.key);
    if (ref === undefined) return 'foreign';
    const record = await deps.documents.find(ref);
    if (record === undefined) throw new Error('A verdict came for a document that has no record.');
    if (record.versionId !== object.versionId) return beforeThePin(record, verdict);

    const outcome = scanOutcome(verdict, await deps.objects.verdict(object));
    if (outcome.kind === 'none') {
      // The tag may have said more to an earlier delivery, which died before it told.
      await settle(deps, record);
      return 'no-verdict';
    }
    const origin = { at: deps.clock.now(), by: 'apply-scan-result', cause: 'scan-verdict' as const, requestId };
    await finishLastChange(deps, record);
    const applied = await applyVerdict(deps, record, outcome, origin);
    if (applied === undefined) return settle(deps, record);
    if (!applied.applied) {
      if (applied.current === undefined)
        throw new Error('The record of a document vanished while its verdict was applied.');
      // Its state may have changed into one that this verdict is about: deliver it again.
      await settle(deps, applied.current);
      throw new Error('The record of a document changed while its verdict was applied.');
    }
    // What waited had no verdict before this one; of any other document an earlier verdict may have been told to nobody.
    if (record.state === 'scanning') await publishChange(deps.events, record, applied.record.lastChange);
    else await publishChangesBy(deps, applied.record, 'scan-verdict');
    return outcome.kind === 'clean' ? 'cleared' : 'condemned';
  };

/**
 * F4: whoever pins a version reads its tag, and a version that is never pinned is never opened. But the tag of a verdict
 * may come after its event: one that would close the document is delivered again until the upload is recorded.
 */
const beforeThePin = (record: DocumentRecord, verdict: ScanVerdict) => {
  if (record.state === 'pending' && scanOutcome(verdict).kind === 'rejected')
    throw new Error('A bad verdict came for an upload that is not recorded yet.');
  return 'not-pinned' as const;
};

const settle = async (deps: Deps, record: DocumentRecord) => {
  await alignTag(deps, record);
  await publishChangesBy(deps, record, 'scan-verdict');
  return 'nothing-to-do' as const;
};
