import { objectStateTagKey } from '../../../contract/states.ts';
import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import { objectKey } from '../../../lambdas/domain/object-key.ts';
import type { StoredVersion } from '../world/s3.ts';
import type { World } from '../world/world.ts';

/** Versions of a document that hold bytes. */
export const versionsOf = ({ bucket }: World, record: DocumentRecord): readonly StoredVersion[] =>
  bucket.versions(objectKey(record)).filter(({ content }) => content !== undefined);

export const tagOf = ({ tags }: StoredVersion): string | undefined => tags.get(objectStateTagKey);

/** Why nobody may ever read this version; undefined where it is what was declared, and clean where that is asked for. */
const unfit = (world: World, record: DocumentRecord, version: StoredVersion): string | undefined => {
  const { content } = version;
  if (content === undefined) return undefined;
  if (content.sizeBytes !== record.sizeBytes) return 'is of another size than was declared';
  const isOther =
    record.upload === undefined
      ? content.sha256 !== record.sha256
      : content.composite === undefined || content.composite !== record.upload.checksum;
  if (isOther) return 'has other bytes than were declared';
  if (content.name === 'text') return 'is of another type than was declared';
  if (world.plan.isScanned && !world.wasFoundClean(version)) return 'was never found clean';
  return undefined;
};

/** What must hold of a document's objects at every moment, whatever the state of its record. */
export const illegalObjects = (world: World, record: DocumentRecord): string | undefined => {
  for (const version of versionsOf(world, record)) {
    const why = unfit(world, record, version);
    if (why === undefined) continue;
    if (tagOf(version) === 'available') return `${version.versionId} is open and ${why}`;
    if (record.state === 'available' && record.versionId === version.versionId)
      return `${version.versionId} is said to be available and ${why}`;
  }
  if (record.state === 'expired' && record.versionId !== undefined) return 'an expired document has a version';
  return undefined;
};

/** Longer than what opens a document may run: what stood on its object before that, it has seen. */
const seenMs = 61_000;

/** Nobody asked for it: its own clock must say that its retention is over. */
const isEarly = ({ state, retainUntil = '9', lastChange }: DocumentRecord): boolean =>
  state === 'purging' && lastChange.from !== 'deleted' && lastChange.at < retainUntil;

/** What is wrong with a change that was made just now; undefined where what is in S3 asks for it. */
export const wrongDecision = (world: World, record: DocumentRecord): string | undefined => {
  const { state, versionId, lastChange } = record;
  if (state === 'expired' && versionsOf(world, record).length > 0) return 'it expired though its bytes are there';
  const pinned = versionsOf(world, record).find((version) => version.versionId === versionId);
  const isByMessage = lastChange.cause === 'object-created' || lastChange.cause === 'scan-verdict';
  if (state === 'available' && isByMessage && pinned !== undefined && tagOf(pinned) === 'incoming')
    return 'it is said to be available before S3 gives it out';
  if (isEarly(record)) return 'it was removed before its time';
  const badSince = world.scanner.badTagSince.get(versionId ?? '');
  if (state !== 'available' || lastChange.cause === 'user' || badSince === undefined) return undefined;
  return world.clock.now - badSince > seenMs ? 'it was opened though the tag of its verdict is bad' : undefined;
};
