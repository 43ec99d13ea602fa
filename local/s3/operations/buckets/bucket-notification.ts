import { readConfiguration } from '../../buckets/configuration-document.ts';
import { checkNotifications } from '../../events/check-notifications.ts';
import { configurationElements, notificationFormat, notificationsOf } from '../../events/notification-document.ts';
import { xmlAnswer } from '../../http/answer.ts';
import { notImplemented, Refusal } from '../../refusal.ts';
import { element, xmlDocument } from '../../xml.ts';
import type { Operation } from '../operation.ts';
import { setConfiguration } from './set-configuration.ts';

const shared = { target: 'bucket', subresource: 'notification' } as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html */
export const getBucketNotificationConfiguration: Operation = {
  ...shared,
  name: 'GetBucketNotificationConfiguration',
  method: 'GET',
  actions: () => ['s3:GetBucketNotification'],
  handle: async ({ bucket }) =>
    xmlAnswer(
      xmlDocument(
        'NotificationConfiguration',
        ...configurationElements(bucket.notifications),
        bucket.eventBridge ? element('EventBridgeConfiguration') : undefined,
      ),
    ),
};

const otherDestinations = ['TopicConfiguration', 'CloudFunctionConfiguration'] as const;

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html. No `s3:TestEvent` is
 * sent.
 */
export const putBucketNotificationConfiguration: Operation = {
  ...shared,
  name: 'PutBucketNotificationConfiguration',
  method: 'PUT',
  refusedHeaders: ['x-amz-skip-destination-validation'],
  actions: () => ['s3:PutBucketNotification'],
  async handle(call) {
    const configuration = await readConfiguration(call, notificationFormat);
    if (configuration instanceof Refusal) return configuration;
    const other = otherDestinations.find((name) => configuration[name] !== undefined);
    if (other !== undefined) return notImplemented(`${other}, as events go to queues only`);
    const eventBridge = configuration.EventBridgeConfiguration !== undefined;
    if (eventBridge && call.bucket.eventBridge !== true) {
      return notImplemented('EventBridgeConfiguration, which only a template can switch on');
    }
    const read = configuration.QueueConfiguration.map(notificationsOf);
    const notifications = read.flatMap((outcome) => (outcome instanceof Refusal ? [] : outcome));
    const invalid = read.find((outcome) => outcome instanceof Refusal) ?? checkNotifications(notifications);
    if (invalid) return invalid;
    const unknown = notifications.find(({ queue }) => !call.mayNotify(queue));
    if (unknown) {
      const message = 'Unable to validate the following destination configurations';
      const reason = 'The destination queue does not exist, or its policy does not let S3 send';
      return new Refusal('InvalidArgument', message, { ArgumentName1: unknown.queue, ArgumentValue1: reason });
    }
    return setConfiguration(call, { notifications, eventBridge });
  },
};
