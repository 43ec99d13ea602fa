import { StartProblem } from '../problem.ts';
import type { BucketConfiguration } from './configuration.ts';
import { checkRules } from './lifecycle/validate.ts';

/** Events S3 can ask for that this S3 makes, or that can never happen in it ("Supported event types"). */
export const notificationEvents: readonly string[] = [
  's3:ObjectCreated:*',
  's3:ObjectCreated:Put',
  's3:ObjectCreated:Post',
  's3:ObjectCreated:Copy',
  's3:ObjectCreated:CompleteMultipartUpload',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:ObjectRemoved:DeleteMarkerCreated',
  's3:LifecycleExpiration:*',
  's3:LifecycleExpiration:Delete',
  's3:LifecycleExpiration:DeleteMarkerCreated',
  's3:LifecycleTransition',
];

/** A configuration this S3 would not live up to is an error at start, never silently ignored. */
export function checkBucket(bucket: BucketConfiguration): void {
  const fail = (problem: string): never => {
    throw new StartProblem(`The local S3 cannot serve bucket ${bucket.name}: ${problem}`);
  };
  for (const { event, queue } of bucket.notifications) {
    if (!notificationEvents.includes(event)) {
      fail(`it does not make the event ${event}; use one of ${notificationEvents.join(', ')}.`);
    }
    if (!/^arn:[^:]+:sqs:/.test(queue)) fail(`${queue} is not the ARN of a queue.`);
  }
  const refusal = bucket.lifecycle && checkRules(bucket.lifecycle);
  if (refusal) fail(`S3 would not take its lifecycle rules: ${refusal.message}`);
  for (const { allowedOrigins, allowedHeaders = [] } of bucket.cors) {
    const pattern = [...allowedOrigins, ...allowedHeaders].find((text) => text.split('*').length > 2);
    if (pattern !== undefined) fail(`the CORS pattern ${pattern} has more than one *; S3 allows one.`);
  }
}
