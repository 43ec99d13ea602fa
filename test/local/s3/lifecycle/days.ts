import { ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { BucketConfiguration } from '../../../../local/s3/configuration.ts';
import type { LifecycleRule } from '../../../../local/s3/lifecycle/rule.ts';
import { type MovableClock, movableClock } from '../../../support/clock.ts';
import { bucketName as Bucket, startTestS3, type TestS3, versioned } from '../support/server.ts';

export const dayMs = 24 * 60 * 60 * 1000;

/** Signs with the time of the server's clock from now on. */
export const followClock = ({ client }: TestS3, clock: MovableClock): void => {
  client.config.systemClockOffset = clock.now().getTime() - Date.now();
};

/** Moves the clock, and does what is due by then. */
export const passDays = async (s3: TestS3, clock: MovableClock, days: number): Promise<void> => {
  clock.advance(days * dayMs);
  followClock(s3, clock);
  await s3.runLifecycle();
};

/** An S3 with one bucket that has this rule, at noon of March 1, 2026. */
export const start = async (rule: Partial<LifecycleRule>, bucket: Partial<BucketConfiguration> = {}) => {
  const clock = movableClock();
  const lifecycle = [{ id: 'a rule', status: 'Enabled', filter: {}, ...rule } as const];
  const s3 = await startTestS3({ clock, buckets: [{ ...versioned, lifecycle, ...bucket }] });
  followClock(s3, clock);
  return { s3, clock };
};

export const put = (s3: TestS3, Key: string, Body: string | Buffer = Key) =>
  s3.client.send(new PutObjectCommand({ Bucket, Key, Body }));

export const stackOf = async (s3: TestS3) => {
  const { Versions = [], DeleteMarkers = [] } = await s3.client.send(new ListObjectVersionsCommand({ Bucket }));
  return { versions: Versions.map(({ VersionId }) => VersionId), markers: DeleteMarkers };
};
