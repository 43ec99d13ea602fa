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
  if (content.sizeBytes !== record.sizeBytes || content.sha256 !== record.sha256) return 'is not what was declared';
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

/** Of a document that was settled as expired just now: nobody may lose what was uploaded in time. */
export const lostUpload = (world: World, record: DocumentRecord): string | undefined =>
  versionsOf(world, record).length > 0 ? 'the document expired though its bytes are there' : undefined;
