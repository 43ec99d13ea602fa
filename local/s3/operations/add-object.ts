import { type EventName, eventMessages } from '../events/messages.ts';
import { Refusal } from '../refusal.ts';
import type { AnyObjectVersion, ObjectContent } from '../store/object-version.ts';
import { releaseBlob } from '../store/release.ts';
import type { Call } from './operation.ts';
import { nextVersionId } from './version-id.ts';
import { checkWriteConditions } from './write-conditions.ts';

/**
 * Adds the newest version of the key. `before` is the one there was when the request began, where bytes came since.
 * Conditions are decided in the transaction that adds the version, so of two writers that race exactly one wins.
 */
export async function addObject(
  call: Call,
  content: ObjectContent,
  eventName: EventName,
  before?: AnyObjectVersion,
): Promise<AnyObjectVersion | Refusal> {
  const { store, bucket, key, request } = call;
  const ref = { bucket: bucket.name, key, versionId: nextVersionId(bucket) };
  const outcome = await store.commit(() => {
    if (!call.buckets.has(bucket)) return new Refusal('NoSuchBucket', undefined, { BucketName: bucket.name });
    const refusal = checkWriteConditions(request.headers, store.versions.current(bucket.name, key), before);
    if (refusal) return refusal;
    const replaced = store.versions.find(ref);
    store.versions.remove(ref);
    const added = store.versions.add(ref, request.receivedAt, content);
    for (const message of eventMessages(call, eventName, added)) store.outbox.add(message);
    return { added, replaced };
  });
  if (outcome instanceof Refusal) {
    await releaseBlob(store, content);
    return outcome;
  }
  call.wakeDelivery();
  await releaseBlob(store, outcome.replaced);
  return outcome.added;
}
