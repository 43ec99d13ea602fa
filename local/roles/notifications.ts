import * as z from 'zod/mini';
import { AccessDenied } from '../iam/access-denied.ts';
import { TemplateError } from '../template/errors.ts';
import type { ResourceOf, Template } from '../template/template.ts';
import { demandOfNotification, type Judge } from './queue-calls.ts';

/** S3 checks this when a notification is set up; on AWS the bucket could not be made otherwise. */
export const checkNotificationTargets = (template: Template, judge: Judge): void => {
  const queues = new Set(template.all('AWS::SQS::Queue').map(({ attribute }) => attribute('Arn')));
  for (const bucket of template.all('AWS::S3::Bucket')) {
    for (const { Queue } of bucket.config.NotificationConfiguration?.QueueConfigurations ?? []) {
      if (!queues.has(Queue)) throw new TemplateError(`${bucket.ref} notifies ${Queue}, which is not in the template.`);
      try {
        demandOfNotification(bucket, Queue, judge);
      } catch (cause) {
        if (!(cause instanceof AccessDenied)) throw cause;
        throw new TemplateError(
          `The policy of the queue ${Queue} does not let S3 send the events of ${bucket.ref}. ${cause.message}`,
        );
      }
    }
  }
};

/** Whether a bucket of the template may tell a queue of it of its events, which S3 asks when a notification is put. */
export const mayNotify = (template: Template, bucketName: string, queueArn: string, judge: Judge): boolean => {
  const bucket = template.all('AWS::S3::Bucket').find(({ ref }) => ref === bucketName);
  const isQueue = template.all('AWS::SQS::Queue').some(({ attribute }) => attribute('Arn') === queueArn);
  if (bucket === undefined || !isQueue) return false;
  try {
    demandOfNotification(bucket, queueArn, judge);
    return true;
  } catch (cause) {
    if (!(cause instanceof AccessDenied)) throw cause;
    return false;
  }
};

const Message = z.object({
  Records: z.array(z.object({ s3: z.object({ bucket: z.object({ name: z.string() }) }) })).check(z.minLength(1)),
});

/** The bucket that a message of S3 is about. */
export const notifyingBucket = (template: Template, body: string): ResourceOf<'AWS::S3::Bucket'> => {
  const [record] = z.parse(Message, JSON.parse(body)).Records;
  const bucket = template.all('AWS::S3::Bucket').find(({ ref }) => ref === record?.s3.bucket.name);
  if (bucket === undefined) throw new TemplateError(`The template has no bucket ${record?.s3.bucket.name}.`);
  return bucket;
};
