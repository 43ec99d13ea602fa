import type { QueueNotification } from '../configuration.ts';
import { notificationEvents } from '../configuration-check.ts';
import { notImplemented, Refusal } from '../refusal.ts';

/** Besides those that this S3 makes ("Supported event types for SQS, SNS, and Lambda"). */
const otherEvents =
  /^s3:(?:ReducedRedundancyLostObject|ObjectRestore:(?:\*|Post|Completed|Delete)|Replication:(?:\*|Operation\w+)|ObjectTagging:(?:\*|Put|Delete)|ObjectAcl:Put|IntelligentTiering|ObjectAnnotation:\S+)$/;

/** What S3 would say of these notifications; undefined: it takes them. */
export function checkNotifications(notifications: readonly QueueNotification[]): Refusal | undefined {
  for (const { event } of notifications) {
    if (notificationEvents.includes(event)) continue;
    if (otherEvents.test(event)) return notImplemented(`the event ${event}`);
    return new Refusal('InvalidArgument', 'A specified event is not supported for notifications.', {
      ArgumentName: 'Event',
      ArgumentValue: event,
    });
  }
  const overlaps = notifications.some((one, index) =>
    notifications.slice(index + 1).some((other) => overlap(one, other)),
  );
  if (!overlaps) return undefined;
  const message = 'Configurations overlap. Configurations on the same bucket cannot share a common event type.';
  return new Refusal('InvalidArgument', message);
}

/** Whether one event of one object would be told twice. */
function overlap(one: QueueNotification, other: QueueNotification): boolean {
  const [prefix, otherPrefix] = [filterValueOf(one, 'prefix'), filterValueOf(other, 'prefix')];
  const [suffix, otherSuffix] = [filterValueOf(one, 'suffix'), filterValueOf(other, 'suffix')];
  return (
    (includes(one.event, other.event) || includes(other.event, one.event)) &&
    (prefix.startsWith(otherPrefix) || otherPrefix.startsWith(prefix)) &&
    (suffix.endsWith(otherSuffix) || otherSuffix.endsWith(suffix))
  );
}

const includes = (pattern: string, event: string): boolean =>
  pattern === event || (pattern.endsWith('*') && event.startsWith(pattern.slice(0, -1)));

const filterValueOf = ({ filter }: QueueNotification, name: 'prefix' | 'suffix'): string =>
  filter?.s3Key.rules.find((rule) => rule.name === name)?.value ?? '';
