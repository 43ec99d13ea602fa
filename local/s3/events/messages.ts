import { uriEncodePath } from '../../sigv4/uri-encode.ts';
import type { QueueNotification } from '../configuration.ts';
import type { Call } from '../operations/operation.ts';
import type { AnyObjectVersion } from '../store/object-version.ts';
import type { OutboxMessage } from '../store/outbox.ts';

export type EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated';

/** The messages that a bucket's notifications ask for, one per notification that fits. */
export function eventMessages(
  call: Pick<Call, 'request' | 'bucket' | 'identity'>,
  eventName: EventName,
  version: AnyObjectVersion,
): readonly OutboxMessage[] {
  return call.bucket.notifications.flatMap((notification, index) => {
    if (!wants(notification, eventName, version.key)) return [];
    const record = eventRecord(call, eventName, version, notification.id ?? `queue-${index}`);
    return [{ queueArn: notification.queue, body: JSON.stringify({ Records: [record] }) }];
  });
}

function wants({ event, filter }: QueueNotification, eventName: EventName, key: string): boolean {
  const fits = event.endsWith('*') ? `s3:${eventName}`.startsWith(event.slice(0, -1)) : `s3:${eventName}` === event;
  const rules = filter?.s3Key.rules ?? [];
  return fits && rules.every(({ name, value }) => (name === 'prefix' ? key.startsWith(value) : key.endsWith(value)));
}

/** "Event message structure" 2.1 of the S3 user guide. */
function eventRecord(
  { request, bucket, identity }: Pick<Call, 'request' | 'bucket' | 'identity'>,
  eventName: EventName,
  version: AnyObjectVersion,
  configurationId: string,
): unknown {
  const removed = eventName === 'ObjectRemoved:Delete';
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: bucket.region,
    eventTime: request.receivedAt.toISOString(),
    eventName,
    userIdentity: { principalId: `AWS:${identity.principal.arn.split(':').at(-1)}` },
    requestParameters: { sourceIPAddress: request.sourceIp },
    responseElements: { 'x-amz-request-id': request.ids.requestId, 'x-amz-id-2': request.ids.hostId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: identity.principal.accountId },
        arn: `arn:aws:s3:::${bucket.name}`,
      },
      object: {
        key: formEncode(version.key),
        ...(!version.isDeleteMarker && !removed && { size: version.sizeBytes, eTag: version.md5 }),
        ...(bucket.versioning && { versionId: version.versionId }),
        sequencer: sequencerOf(version),
      },
    },
  };
}

/** "The object key name value is URL encoded": spaces become `+`, slashes stay. */
const formEncode = (key: string): string => uriEncodePath(key).replaceAll('%20', '+');

/** Hexadecimal; of two events of one key the one with the greater sequencer came later. */
const sequencerOf = ({ sequence }: AnyObjectVersion): string => sequence.toString(16).toUpperCase().padStart(18, '0');
