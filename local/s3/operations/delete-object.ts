import { eventMessages } from '../events/messages.ts';
import type { Answer } from '../http/answer.ts';
import { Refusal } from '../refusal.ts';
import { releaseBlob } from '../store/release.ts';
import { versionHeaders } from './object-headers.ts';
import type { Call, Operation } from './operation.ts';
import { actionByVersion, addressedVersion, nextVersionId, versionIdOf } from './version-id.ts';
import { checkWriteConditions } from './write-conditions.ts';

const action = actionByVersion('s3:DeleteObject', 's3:DeleteObjectVersion');

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject: Operation = {
  name: 'DeleteObject',
  method: 'DELETE',
  target: 'object',
  refusedHeaders: [
    'x-amz-bypass-governance-retention',
    'x-amz-if-match-last-modified-time',
    'x-amz-if-match-size',
    'x-amz-mfa',
  ],
  // "How to perform conditional deletes": comparing an ETag is a way to read it.
  actions: (request) => {
    const ifMatch = request.headers.get('if-match') ?? '*';
    return [...action(request), ...(ifMatch === '*' ? [] : ['s3:GetObject'])];
  },
  async handle(call) {
    const versionId = versionIdOf(call.request);
    const isMarked = versionId === undefined && call.bucket.versioning !== false;
    return isMarked ? addDeleteMarker(call) : removeVersion(call, versionId ?? 'null');
  },
};

async function addDeleteMarker(call: Call): Promise<Answer | Refusal> {
  const { store, bucket, key, request } = call;
  const ref = { bucket: bucket.name, key, versionId: nextVersionId(bucket) };
  const outcome = await store.commit(() => {
    const refusal = checkDeleteCondition(call);
    if (refusal) return refusal;
    const replaced = store.versions.find(ref);
    store.versions.remove(ref);
    const added = store.versions.add(ref, request.receivedAt, undefined);
    for (const message of eventMessages(call, 'ObjectRemoved:DeleteMarkerCreated', added)) store.outbox.add(message);
    return { added, replaced };
  });
  if (outcome instanceof Refusal) return outcome;
  call.wakeDelivery();
  await releaseBlob(store, outcome.replaced);
  return { status: 204, headers: { ...versionHeaders(bucket, outcome.added), 'x-amz-delete-marker': 'true' } };
}

/** Deleting what is not there succeeds too: 204. */
async function removeVersion(call: Call, versionId: string): Promise<Answer | Refusal> {
  const { store, bucket, key } = call;
  const ref = { bucket: bucket.name, key, versionId };
  const removed = await store.commit(() => {
    const refusal = checkDeleteCondition(call);
    if (refusal) return refusal;
    const version = store.versions.find(ref);
    if (version === undefined) return undefined;
    store.versions.remove(ref);
    const gone = { ...version, sequence: store.versions.nextSequence() };
    for (const message of eventMessages(call, 'ObjectRemoved:Delete', gone)) store.outbox.add(message);
    return version;
  });
  if (removed instanceof Refusal) return removed;
  call.wakeDelivery();
  await releaseBlob(store, removed);
  const marker = removed?.isDeleteMarker ? { 'x-amz-delete-marker': 'true' } : {};
  return { status: 204, headers: { ...(bucket.versioning && { 'x-amz-version-id': versionId }), ...marker } };
}

/**
 * `If-Match: *` asks that there is an object at all, an ETag that it is this one: the version that is named, or else the
 * current one. A delete marker is none.
 */
function checkDeleteCondition(call: Call): Refusal | undefined {
  const { headers } = call.request;
  const version = addressedVersion(call);
  if (headers.get('if-match') !== '*') return checkWriteConditions(headers, version);
  if (version?.isDeleteMarker === false) return undefined;
  return new Refusal('PreconditionFailed', undefined, { Condition: 'If-Match' });
}
