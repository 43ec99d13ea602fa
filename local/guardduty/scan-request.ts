import * as z from 'zod/mini';
import type { Queue, QueueConfig } from '../queues/queue.ts';
import { type PlanConfig, planOfNewObject } from './plan.ts';

/** One version to be scanned; the newest one where none is named. */
export const ScanRequest = z.strictObject({
  bucketName: z.string(),
  key: z.string(),
  versionId: z.optional(z.string()),
  eTag: z.optional(z.string()),
});

export type ScanRequest = z.infer<typeof ScanRequest>;

/** After that many tries a scan has failed. */
export const attemptsMax = 5;

/** The queue in which scans wait: what was asked for before a restart is scanned after it. */
export const scanQueue = ({ account, region }: { readonly account: string; readonly region: string }): QueueConfig => ({
  arn: `arn:aws:guardduty:${region}:${account}:malware-protection-scans`,
  delaySeconds: 0,
  // A scan that takes longer is done twice, which changes nothing.
  visibilityTimeoutSeconds: 60,
  retentionSeconds: 14 * 86_400,
});

/** Of "Object Created" in "EventBridge event message structure", S3 user guide; keys are as they are. */
const ObjectCreated = z.object({
  'detail-type': z.literal('Object Created'),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), etag: z.string(), 'version-id': z.optional(z.string()) }),
  }),
});

/** Has an object scanned that S3 told EventBridge of, where a plan protects it. Durable when it returns. */
export const takeNewObject = (plans: readonly PlanConfig[], queue: Queue, event: string): void => {
  const { bucket, object } = z.parse(ObjectCreated, JSON.parse(event)).detail;
  const { key, etag: eTag, 'version-id': versionId } = object;
  const bucketName = bucket.name;
  if (planOfNewObject(plans, { bucketName, key }) === undefined) return;
  queue.send(JSON.stringify({ bucketName, key, versionId, eTag } satisfies ScanRequest));
};
