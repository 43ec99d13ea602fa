import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { withContent } from '../buckets/configuration-document.ts';
import type { FilterRule, QueueNotification } from '../configuration.ts';
import { Refusal } from '../refusal.ts';
import { element, type Xml } from '../xml.ts';

const idLengthMax = 255;

const Filter = z.strictObject({
  S3Key: z.optional(
    withContent(
      z.strictObject({
        FilterRule: z.optional(z.array(z.strictObject({ Name: z.string(), Value: z.string() }))),
      }),
    ),
  ),
});

const QueueConfiguration = z.strictObject({
  Id: z.optional(z.string().check(z.maxLength(idLengthMax))),
  Queue: z.string(),
  Event: z.array(z.string()),
  Filter: z.optional(withContent(Filter)),
});

/** `NotificationConfiguration` of PutBucketNotificationConfiguration. */
export const notificationFormat = {
  root: 'NotificationConfiguration',
  lists: ['QueueConfiguration', 'Event', 'FilterRule'],
  schema: z.strictObject({
    QueueConfiguration: z._default(z.array(QueueConfiguration), []),
    TopicConfiguration: z.optional(z.unknown()),
    CloudFunctionConfiguration: z.optional(z.unknown()),
    EventBridgeConfiguration: z.optional(z.unknown()),
  }),
};

/** One notification for each event; those of one configuration share the id, which S3 makes where there is none. */
export function notificationsOf(
  configuration: z.output<typeof QueueConfiguration>,
): readonly QueueNotification[] | Refusal {
  const rules = filterRulesOf(configuration.Filter?.S3Key?.FilterRule ?? []);
  if (rules instanceof Refusal) return rules;
  const id = configuration.Id || randomUUID();
  return configuration.Event.map((event) => ({
    id,
    event,
    queue: configuration.Queue,
    ...(rules.length > 0 && { filter: { s3Key: { rules } } }),
  }));
}

function filterRulesOf(
  given: readonly { readonly Name: string; readonly Value: string }[],
): readonly FilterRule[] | Refusal {
  const rules: FilterRule[] = [];
  for (const { Name, Value } of given) {
    const name = Name.toLowerCase();
    if (name !== 'prefix' && name !== 'suffix') {
      return new Refusal('InvalidArgument', 'filter rule name must be either prefix or suffix');
    }
    if (rules.some((rule) => rule.name === name)) {
      return new Refusal('InvalidArgument', `Cannot specify more than one ${name} rule in a filter.`);
    }
    rules.push({ name, value: Value });
  }
  return rules;
}

/** The configurations that the notifications came from, as GetBucketNotificationConfiguration tells them. */
export function configurationElements(notifications: readonly QueueNotification[]): readonly Xml[] {
  const groups = Map.groupBy(notifications.entries(), ([index, { id }]) => id ?? `queue-${index}`);
  return [...groups].map(([id, group]) => {
    const members = group.map(([, notification]) => notification);
    const [first] = members;
    const rules = first?.filter?.s3Key.rules ?? [];
    return element(
      'QueueConfiguration',
      element('Id', id),
      element('Queue', first?.queue ?? ''),
      ...members.map(({ event }) => element('Event', event)),
      rules.length === 0
        ? undefined
        : element(
            'Filter',
            element(
              'S3Key',
              ...rules.map(({ name, value }) => element('FilterRule', element('Name', name), element('Value', value))),
            ),
          ),
    );
  });
}
