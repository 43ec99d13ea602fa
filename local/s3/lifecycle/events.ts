import type { BucketConfiguration } from '../configuration.ts';
import { type EventName, messagesOf } from '../events/messages.ts';
import { newRequestIds } from '../http/request.ts';
import type { AnyObjectVersion } from '../store/object-version.ts';
import type { OutboxMessage } from '../store/outbox.ts';

/** Nobody called: S3 names itself ("Configuring S3 Lifecycle event notifications"). */
const s3 = 's3.amazonaws.com';

export const lifecycleMessages = (
  bucket: BucketConfiguration,
  time: Date,
  eventName: Extract<EventName, `Lifecycle${string}`>,
  version: AnyObjectVersion,
): readonly OutboxMessage[] => {
  const moved = eventName === 'LifecycleTransition' && !version.isDeleteMarker;
  const elements = moved && {
    lifecycleEventData: { transitionEventData: { destinationStorageClass: version.attributes.storageClass } },
  };
  const origin = { bucket, eventVersion: '2.3', time, principalId: s3, sourceIp: s3, ids: newRequestIds() } as const;
  // The bucket is of the account of its queue, which its ARN names.
  return messagesOf({ ...origin, ...(elements && { elements }) }, eventName, version, ({ queue }) => {
    const [, , , , account = ''] = queue.split(':');
    return account;
  });
};
