import { randomUUID } from 'node:crypto';
import { formatErrorTime } from '../../sigv4/timestamp.ts';
import type { Call } from '../operations/operation.ts';
import type { AnyObjectVersion } from '../store/object-version.ts';
import type { OutboxMessage } from '../store/outbox.ts';
import type { EventName } from './messages.ts';
import { sequencerOf } from './sequencer.ts';

/** What made an object, by the names that EventBridge has for it. */
const reasons: Readonly<Partial<Record<EventName, string>>> = {
  'ObjectCreated:Put': 'PutObject',
  'ObjectCreated:Post': 'POST Object',
  'ObjectCreated:Copy': 'CopyObject',
  'ObjectCreated:CompleteMultipartUpload': 'CompleteMultipartUpload',
};

/** A bucket that is switched on sends to the default bus of its account and region, and to no other. */
const defaultBusArn = ({ region, owner }: Call['bucket']): string =>
  `arn:aws:events:${region}:${owner}:event-bus/default`;

/** Whether a message of the outbox is for a bus, and not for a queue. */
export const isForEventBridge = (targetArn: string): boolean => targetArn.startsWith('arn:aws:events:');

/**
 * "Object Created" of the "EventBridge event message structure", S3 user guide, where the bucket has EventBridge switched
 * on. Keys are as they are, unlike those of notifications. EventBridge gets no other events of this S3.
 */
export const eventBridgeMessages = (
  { bucket, request, identity }: Pick<Call, 'request' | 'bucket' | 'identity'>,
  eventName: EventName,
  version: AnyObjectVersion,
): readonly OutboxMessage[] => {
  const reason = reasons[eventName];
  if (bucket.eventBridge !== true || reason === undefined || version.isDeleteMarker) return [];
  const event = {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: bucket.owner,
    time: formatErrorTime(request.receivedAt),
    region: bucket.region,
    resources: [`arn:aws:s3:::${bucket.name}`],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key: version.key,
        size: version.sizeBytes,
        etag: version.md5,
        ...(bucket.versioning && { 'version-id': version.versionId }),
        sequencer: sequencerOf(version),
      },
      'request-id': request.ids.requestId,
      requester: identity.principal.accountId,
      'source-ip-address': request.sourceIp,
      reason,
    },
  };
  return [{ queueArn: defaultBusArn(bucket), body: JSON.stringify(event) }];
};
