import type { BucketConfiguration } from '../configuration.ts';
import type { ListedVersion } from '../store/listings.ts';
import type { AnyObjectVersion } from '../store/object-version.ts';
import type { Store } from '../store/store.ts';
import { applyAction } from './apply.ts';
import { decide } from './decide.ts';
import { type PageOutcome, pageSize } from './page-outcome.ts';
import type { VersionFacts } from './version-facts.ts';

/** The version that was looked at last, and what is known of its key. */
export interface VersionsPlace {
  readonly key: string;
  readonly sequence: number;
  /** When it was made: the next version of the key is noncurrent since then. */
  readonly madeAt: Date;
  /** Of its key so far. */
  readonly noncurrentVersions: number;
}

export const versionsStart: VersionsPlace = { key: '', sequence: 0, madeAt: new Date(0), noncurrentVersions: 0 };

/** Does, in a transaction of the caller, what is due among the next versions, by key and newest first. */
export function runVersionsPage(
  store: Store,
  bucket: BucketConfiguration,
  now: Date,
  from: VersionsPlace,
): PageOutcome<VersionsPlace> {
  const page = { bucket: bucket.name, prefix: '', delimiter: '', limit: pageSize };
  const { entries, isTruncated } = store.listings.versions(page, from.key, from.sequence);
  const gone: AnyObjectVersion[] = [];
  let at = from;
  for (const entry of entries) {
    if (!('item' in entry)) continue;
    const { version, isLatest } = entry.item;
    const noncurrent = isLatest ? undefined : { since: at.madeAt, newerVersions: at.noncurrentVersions };
    gone.push(...treat({ store, bucket, now }, version, factsOf(store, bucket, entry.item, noncurrent)));
    const { key, sequence, lastModified } = version;
    at = { key, sequence, madeAt: lastModified, noncurrentVersions: isLatest ? 0 : at.noncurrentVersions + 1 };
  }
  const staleBlobIds = gone.flatMap((version) => (version.isDeleteMarker ? [] : [version.blobId]));
  return { next: isTruncated ? at : undefined, staleBlobIds };
}

function factsOf(
  store: Store,
  { name, versioning }: BucketConfiguration,
  { version, isLatest }: ListedVersion,
  noncurrent: VersionFacts['noncurrent'],
): VersionFacts {
  const { key, lastModified, isDeleteMarker } = version;
  const isVersioned = versioning !== false;
  if (!isDeleteMarker) {
    const { sizeBytes, tags, attributes } = version;
    const content = { sizeBytes, tags, storageClass: attributes.storageClass };
    return { key, lastModified, content, noncurrent, hidesOthers: false, isVersioned };
  }
  const older = { bucket: name, prefix: key, delimiter: '', limit: 1 };
  const [next] = isLatest ? store.listings.versions(older, key, version.sequence).entries : [];
  const hidesOthers = next !== undefined && 'item' in next && next.item.key === key;
  return { key, lastModified, content: undefined, noncurrent, hidesOthers, isVersioned };
}

/** A version that moves to another class may be due for more. */
function treat(
  place: Parameters<typeof applyAction>[0],
  version: AnyObjectVersion,
  facts: VersionFacts,
): readonly AnyObjectVersion[] {
  const action = decide(place.bucket.lifecycle ?? [], facts, place.now);
  if (action === undefined) return [];
  const gone = applyAction(place, version, action);
  if (action.kind !== 'transition' || facts.content === undefined) return gone ? [gone] : [];
  return treat(place, version, { ...facts, content: { ...facts.content, storageClass: action.storageClass } });
}
