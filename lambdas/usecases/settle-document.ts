import { bySweep, changeOf } from '../domain/change.ts';
import type { DocumentRecord, DocumentRef } from '../domain/document.ts';
import { nextDueAt, scanAgainDueAt } from '../domain/due.ts';
import { objectKey } from '../domain/object-key.ts';
import { scanOutcome } from '../domain/scan.ts';
import { pinnedFacts } from '../domain/verify-upload.ts';
import type {
  Clock,
  Documents,
  DomainEvents,
  MediaTypeSniffer,
  Objects,
  Scanner,
  TransitionOutcome,
} from '../ports.ts';
import { applyVerdict } from './apply-verdict.ts';
import { finishLastChange, followUp } from './follow-up.ts';
import { finishPurge, isRetentionOver, lapse, purge } from './purge-document.ts';
import { verify } from './verify.ts';

export interface SettleDeps {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly objects: Objects;
  readonly sniffer: MediaTypeSniffer;
  readonly events: DomainEvents;
  readonly scanner: Scanner;
  readonly isScanned: boolean;
}

/** The newest version that holds bytes, and what S3 says of it. */
const newest = async (objects: Objects, key: string) => {
  for (const object of await objects.listVersions(key)) {
    const facts = await objects.head(object);
    if (facts !== undefined) return { object, facts };
  }
  return undefined;
};

/** No PUT can be under way any more: what S3 holds now is all there will ever be. */
const settlePending = async (deps: SettleDeps, record: DocumentRecord, requestId: string) => {
  const { documents, objects, clock } = deps;
  const key = objectKey(record);
  await objects.abortUploads(key);
  const found = await newest(objects, key);
  if (found === undefined) {
    const change = changeOf('expire', record, bySweep(clock.now(), requestId));
    return documents.apply('expire', record, { change });
  }
  const { object, facts } = found;
  const { transition, ...why } = await verify(deps, record, { object, facts });
  const change = changeOf(transition, record, { ...bySweep(clock.now(), requestId), ...why });
  return documents.apply(transition, record, {
    change,
    versionId: object.versionId,
    etag: facts.etag,
    ...pinnedFacts(record, facts),
    ...(transition === 'accept' && { availableAt: change.at }),
    ...why,
  });
};

/**
 * Asks the version itself for its verdict; without one it stays closed, and is scanned again (F21). The bucket's rule
 * for what is `incoming` does not wait for scanners: what it covered is uncovered, what it removed cannot be scanned.
 */
const settleScanning = async (deps: SettleDeps, record: DocumentRecord, requestId: string) => {
  const { documents, objects, clock, scanner } = deps;
  const object = { key: objectKey(record), versionId: record.versionId ?? '' };
  const now = clock.now();
  const outcome = scanOutcome(await objects.verdict(object));
  if (outcome.kind !== 'none') return applyVerdict(deps, record, outcome, bySweep(now, requestId));
  await removeOrphans(deps, record);
  if ((await objects.head(object)) === undefined)
    return applyVerdict(deps, record, { kind: 'rejected', reason: 'not-scannable' }, bySweep(now, requestId));
  await scanner.request(object);
  await documents.setDue(record, scanAgainDueAt(record, now));
  return 'waits' as const;
};

/** A verdict whose message died on the way stands on the version: what is open, or could be restored, is closed by it. */
const settleOpen = async (deps: SettleDeps, record: DocumentRecord, requestId: string) => {
  if (!deps.isScanned || record.versionId === undefined) return undefined;
  const outcome = scanOutcome(await deps.objects.verdict({ key: objectKey(record), versionId: record.versionId }));
  return applyVerdict(deps, record, outcome, bySweep(deps.clock.now(), requestId));
};

/** What the state of a record asks for now; undefined where it asks for nothing. */
const advance = async (
  deps: SettleDeps,
  record: DocumentRecord,
  requestId: string,
): Promise<TransitionOutcome | 'waits' | undefined> => {
  const now = deps.clock.now().toISOString();
  if (record.state === 'pending') return record.sweepAfter <= now ? settlePending(deps, record, requestId) : undefined;
  if (record.state === 'scanning') return settleScanning(deps, record, requestId);
  if (record.state === 'purging') return finishPurge(deps, record, requestId);
  if (isRetentionOver(record, now)) return lapse(deps, record, requestId);
  if (record.state === 'available') return settleOpen(deps, record, requestId);
  if (record.state !== 'deleted' || record.purgeAfter === undefined) return undefined;
  return record.purgeAfter > now ? settleOpen(deps, record, requestId) : purge(deps, record, requestId);
};

/** Versions that no record speaks for: whatever is there beside the pinned one, a delete marker above it too. */
const removeOrphans = async ({ objects }: SettleDeps, record: DocumentRecord): Promise<void> => {
  if (record.state === 'pending') return;
  for (const version of await objects.listVersions(objectKey(record)))
    if (version.versionId !== record.versionId || record.state === 'purged') await objects.deleteVersion(version);
};

/** A document passes at most pending → scanning → …, or available → purging → purged, in one go. */
const stepsMax = 4;

/**
 * Brings one overdue document to rest, from what S3 says and nothing else. Safe to run twice at once and to die
 * anywhere: every step is a conditional write, and the record stays due until the last one.
 */
export const settleDocument = async (
  deps: SettleDeps,
  ref: DocumentRef,
  requestId: string,
): Promise<'waits' | 'settled'> => {
  for (let step = 0; step < stepsMax; step += 1) {
    const found = await deps.documents.find(ref);
    const isDue = found?.dueAt !== undefined && found.dueAt <= deps.clock.now().toISOString();
    // The index may tell of what someone else has brought to rest meanwhile.
    if (found === undefined || (step === 0 && !isDue)) return 'settled';
    const record = await finishLastChange(deps, found);
    const outcome = await advance(deps, record, requestId);
    if (outcome === 'waits') return outcome;
    if (outcome === undefined) {
      await followUp(deps, record);
      await removeOrphans(deps, record);
      // What was changed just now is looked at once more, when its time comes.
      if (isDue) await deps.documents.setDue(record, nextDueAt(record, deps.clock.now().toISOString()));
      return 'settled';
    }
  }
  throw new Error('A document took more steps to settle than its life has.');
};
