import { uriEncodePath } from '../../sigv4/uri-encode.ts';
import type { BucketConfiguration, QueueNotification } from '../configuration.ts';
import type { RequestIds } from '../http/request.ts';
import type { Call } from '../operations/operation.ts';
import type { AnyObjectVersion } from '../store/object-version.ts';
import type { OutboxMessage } from '../store/outbox.ts';
import { eventBridgeMessages } from './event-bridge.ts';
import { sequencerOf } from './sequencer.ts';

export type EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Post'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated'
  | 'LifecycleExpiration:Delete'
  | 'LifecycleExpiration:DeleteMarkerCreated'
  | 'LifecycleTransition';

/** Who or what made an event happen, and when. */
export interface EventOrigin {
  readonly bucket: BucketConfiguration;
  /** Of the "event message structure". */
  readonly eventVersion: '2.1' | '2.3';
  readonly time: Date;
  readonly principalId: string;
  readonly sourceIp: string;
  readonly ids: RequestIds;
  /** Besides the elements that all records have. */
  readonly elements?: Readonly<Record<string, unknown>>;
}

/** The messages that a bucket's notifications ask for, one per notification that fits, and one for EventBridge. */
export const eventMessages = (
  call: Pick<Call, 'request' | 'bucket' | 'identity'>,
  eventName: EventName,
  version: AnyObjectVersion,
): readonly OutboxMessage[] => {
  const { bucket, request, identity } = call;
  const origin: EventOrigin = {
    bucket,
    eventVersion: '2.1',
    time: request.receivedAt,
    principalId: `AWS:${identity.principal.arn.split(':').at(-1)}`,
    sourceIp: request.sourceIp,
    ids: request.ids,
  };
  return [
    ...messagesOf(origin, eventName, version, () => bucket.owner),
    ...eventBridgeMessages(call, eventName, version),
  ];
};

/** `ownerOf` gives the account of the bucket, where a notification asks for the event. */
export function messagesOf(
  origin: EventOrigin,
  eventName: EventName,
  version: AnyObjectVersion,
  ownerOf: (notification: QueueNotification) => string,
): readonly OutboxMessage[] {
  return origin.bucket.notifications.flatMap((notification, index) => {
    if (!wants(notification, eventName, version.key)) return [];
    const configurationId = notification.id ?? `queue-${index}`;
    const record = eventRecord(origin, eventName, version, { configurationId, ownerId: ownerOf(notification) });
    return [{ queueArn: notification.queue, body: JSON.stringify({ Records: [record] }) }];
  });
}

function wants({ event, filter }: QueueNotification, eventName: EventName, key: string): boolean {
  const fits = event.endsWith('*') ? `s3:${eventName}`.startsWith(event.slice(0, -1)) : `s3:${eventName}` === event;
  const rules = filter?.s3Key.rules ?? [];
  return fits && rules.every(({ name, value }) => (name === 'prefix' ? key.startsWith(value) : key.endsWith(value)));
}

/** "Event message structure" of the S3 user guide. */
function eventRecord(
  { bucket, eventVersion, time, principalId, sourceIp, ids, elements }: EventOrigin,
  eventName: EventName,
  version: AnyObjectVersion,
  { configurationId, ownerId }: { readonly configurationId: string; readonly ownerId: string },
): unknown {
  const removed = eventName.endsWith(':Delete');
  return {
    eventVersion,
    eventSource: 'aws:s3',
    awsRegion: bucket.region,
    eventTime: time.toISOString(),
    eventName,
    userIdentity: { principalId },
    requestParameters: { sourceIPAddress: sourceIp },
    responseElements: { 'x-amz-request-id': ids.requestId, 'x-amz-id-2': ids.hostId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: ownerId },
        arn: `arn:aws:s3:::${bucket.name}`,
      },
      object: {
        key: formEncode(version.key),
        ...(!version.isDeleteMarker && !removed && { size: version.sizeBytes, eTag: version.md5 }),
        ...(bucket.versioning && { versionId: version.versionId }),
        sequencer: sequencerOf(version),
      },
    },
    ...elements,
  };
}

/** "The object key name value is URL encoded": spaces become `+`, slashes stay. */
const formEncode = (key: string): string => uriEncodePath(key).replaceAll('%20', '+');
