import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import { parseObjectKey } from '../../../lambdas/domain/object-key.ts';
import { objectStateOf } from '../../../lambdas/domain/object-state.ts';
import { profile } from '../settings.ts';
import type { World } from '../world/world.ts';
import { lostMetadata } from './metadata.ts';
import { tagOf, versionsOf } from './objects.ts';
import { wrongCounters } from './quotas.ts';
import { appendedChanges, illegalChange } from './record.ts';
import type { Watch } from './witness.ts';

/** How many versions a document at rest has; `pinned` may be gone where the bucket's own rules remove it. */
const versionsAtRest = {
  available: 'pinned',
  deleted: 'pinned',
  rejected: 'pinned or gone',
  expired: 'none',
  purged: 'none',
} as const;

const hourMs = 3_600_000;

/** What is wrong with when a document at rest is looked at next. */
const untimelyRest = ({ clock }: World, { state, dueAt, purgeAfter, retainUntil }: DocumentRecord) => {
  const isKept = state === 'available' || state === 'rejected';
  if (isKept && Date.parse(retainUntil ?? '') < clock.now - 4 * hourMs) return `still ${state} after its retention`;
  if (state === 'deleted' && retainUntil !== undefined && (purgeAfter ?? '') > retainUntil)
    return 'it can be restored after its retention';
  const expected = isKept ? retainUntil : state === 'deleted' ? purgeAfter : undefined;
  return dueAt === expected ? undefined : `${state} and due at ${dueAt}`;
};

/** What is wrong with a document that had all the time to come to rest. */
const unsettled = (world: World, record: DocumentRecord): string | undefined => {
  const { state, versionId, deletedFrom } = record;
  const expected =
    deletedFrom === 'rejected' && state === 'deleted'
      ? 'pinned or gone'
      : versionsAtRest[state as keyof typeof versionsAtRest];
  if (expected === undefined) return `still ${state}`;
  const untimely = untimelyRest(world, record);
  if (untimely !== undefined) return untimely;
  const versions = versionsOf(world, record);
  const [first] = versions;
  if (expected === 'none') return first === undefined ? undefined : `${state} and ${first.versionId} is there`;
  const version = versions.find((candidate) => candidate.versionId === versionId);
  if (version === undefined)
    return expected === 'pinned' || !isOld(world, record) ? `${state} and its bytes are gone` : undefined;
  // Of a version beside the pinned one only its event tells.
  if (versions.length > 1 && !world.hasDeadLetters) return `${state} and has ${versions.length} versions`;
  const tag = tagOf(version);
  return tag === objectStateOf[state] || world.hasDeadLetters ? undefined : `${state} and its tag says ${tag}`;
};

/** Old enough for the rules of the bucket that remove what was rejected, and what waits for a scanner for too long. */
const isOld = ({ clock }: World, { createdAt }: DocumentRecord): boolean =>
  clock.now - Date.parse(createdAt) >= profile.retention.incomingDays * 86_400_000;

/**
 * The whole history, by itself: legal, without gaps, and every change of it told; but what was in the hands of a
 * message that went to the dead letters is told when somebody redrives it.
 */
const untrueHistory = (world: World, watch: Watch, record: DocumentRecord): string | undefined => {
  const { lastChange, documentId } = record;
  const appended = appendedChanges(world, record).filter(({ revision }) => revision !== lastChange.revision);
  const changes = [...appended, lastChange];
  for (const [index, change] of changes.entries()) {
    const illegal = illegalChange(changes[index - 1], change);
    if (illegal !== undefined) return `history: ${illegal}`;
    if (change.to !== 'pending' && !world.hasDeadLetters && !watch.told.has(`${documentId}#${change.revision}`))
      return `nobody was told of change ${change.revision} to ${change.to}`;
  }
  return undefined;
};

/** A bad verdict that was delivered has closed its document for good. */
const openThoughBad = (world: World, { state, versionId, deletedFrom }: DocumentRecord): string | undefined => {
  const isOpen = state === 'available' || (state === 'deleted' && deletedFrom === 'available');
  return isOpen && !world.hasDeadLetters && world.badVerdictsTold.has(versionId ?? '')
    ? `${state} though its verdict was bad`
    : undefined;
};

/** All that is wrong after everything had the time to settle. */
export const illegalRest = (world: World, watch: Watch): readonly string[] => {
  const records = watch.records();
  const wrong = records.flatMap((record) =>
    [
      unsettled(world, record),
      untrueHistory(world, watch, record),
      openThoughBad(world, record),
      lostMetadata(world, record),
    ]
      .filter((why) => why !== undefined)
      .map((why) => `${record.documentId.slice(-4)}: ${why}`),
  );
  const ids = new Set(records.map(({ documentId }) => documentId));
  const orphans = world.bucket.keys().filter((key) => !ids.has(parseObjectKey(key)?.documentId ?? ''));
  const miscounted = wrongCounters(world, records);
  return [...wrong, ...orphans.map((key) => `${key} has no record`), ...(miscounted === undefined ? [] : [miscounted])];
};

/** The truth as text, to compare two moments by. */
export const truthOf = (world: World, watch: Watch): string =>
  JSON.stringify(
    watch.records().map((record) => ({
      record,
      history: appendedChanges(world, record),
      objects: versionsOf(world, record).map((version) => [version.versionId, [...version.tags].sort()]),
    })),
  );
