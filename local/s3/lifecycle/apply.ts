import type { BucketConfiguration } from '../configuration.ts';
import { nextVersionId } from '../operations/version-id.ts';
import type { AnyObjectVersion } from '../store/object-version.ts';
import type { Store } from '../store/store.ts';
import type { LifecycleAction } from './decide.ts';
import { midnightOf } from './due.ts';
import { lifecycleMessages } from './events.ts';

interface Place {
  readonly store: Store;
  readonly bucket: BucketConfiguration;
  readonly now: Date;
}

/** Does it in a transaction of the caller, event included, and gives back the version whose bytes are to be released. */
export function applyAction(
  { store, bucket, now }: Place,
  version: AnyObjectVersion,
  action: LifecycleAction,
): AnyObjectVersion | undefined {
  const { versions, outbox } = store;
  const tell = (eventName: Parameters<typeof lifecycleMessages>[2], about: AnyObjectVersion): void => {
    for (const message of lifecycleMessages(bucket, now, eventName, about)) outbox.add(message);
  };
  if (action.kind === 'remove') {
    versions.remove(version);
    tell('LifecycleExpiration:Delete', { ...version, sequence: versions.nextSequence() });
    return version;
  }
  if (action.kind === 'add-delete-marker') {
    const ref = { bucket: bucket.name, key: version.key, versionId: nextVersionId(bucket) };
    const replaced = versions.find(ref);
    versions.remove(ref);
    // "S3 Lifecycle sets the delete marker's creation time to 00:00 UTC (midnight) of the current day."
    tell('LifecycleExpiration:DeleteMarkerCreated', versions.add(ref, midnightOf(now), undefined));
    return replaced;
  }
  if (version.isDeleteMarker) return undefined;
  const { storageClass } = action;
  versions.setStorageClass(version, storageClass);
  const attributes = { ...version.attributes, storageClass };
  tell('LifecycleTransition', { ...version, attributes, sequence: versions.nextSequence() });
  return undefined;
}
