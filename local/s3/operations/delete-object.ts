import { eventMessages } from '../events/messages.ts';
import type { Answer } from '../http/answer.ts';
import type { AnyObjectVersion } from '../store/object-version.ts';
import { newVersionId } from '../store/versions.ts';
import { versionHeaders } from './object-headers.ts';
import type { Call, Operation } from './operation.ts';
import { actionByVersion, versionIdOf } from './version-id.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject: Operation = {
  name: 'DeleteObject',
  method: 'DELETE',
  target: 'object',
  refusedHeaders: [
    'if-match',
    'x-amz-bypass-governance-retention',
    'x-amz-expected-bucket-owner',
    'x-amz-if-match-last-modified-time',
    'x-amz-if-match-size',
    'x-amz-mfa',
  ],
  actions: actionByVersion('s3:DeleteObject', 's3:DeleteObjectVersion'),
  async handle(call) {
    const versionId = versionIdOf(call.request);
    if (versionId === undefined && call.bucket.versioning) return addDeleteMarker(call);
    return removeVersion(call, versionId ?? 'null');
  },
};

function addDeleteMarker(call: Call): Answer {
  const { store, bucket, key, request } = call;
  const marker = store.transaction(() => {
    const added = store.versions.add(
      { bucket: bucket.name, key, versionId: newVersionId() },
      request.receivedAt,
      undefined,
    );
    for (const message of eventMessages(call, 'ObjectRemoved:DeleteMarkerCreated', added)) store.outbox.add(message);
    return added;
  });
  call.wakeDelivery();
  return { status: 204, headers: { ...versionHeaders(bucket, marker), 'x-amz-delete-marker': 'true' } };
}

/** Deleting what is not there succeeds too: 204. */
async function removeVersion(call: Call, versionId: string): Promise<Answer> {
  const { store, bucket, key } = call;
  const ref = { bucket: bucket.name, key, versionId };
  const removed = store.transaction((): AnyObjectVersion | undefined => {
    const version = store.versions.find(ref);
    if (version === undefined) return undefined;
    store.versions.remove(ref);
    const gone = { ...version, sequence: store.versions.nextSequence() };
    for (const message of eventMessages(call, 'ObjectRemoved:Delete', gone)) store.outbox.add(message);
    return version;
  });
  call.wakeDelivery();
  if (removed?.isDeleteMarker === false) await store.blobs.remove(removed.blobId);
  const marker = removed?.isDeleteMarker ? { 'x-amz-delete-marker': 'true' } : {};
  return { status: 204, headers: { ...(bucket.versioning && { 'x-amz-version-id': versionId }), ...marker } };
}
