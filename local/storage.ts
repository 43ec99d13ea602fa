import { homeOfBuckets, planBuckets } from './buckets.ts';
import type { ReportFault } from './fault-log.ts';
import { explain } from './listener.ts';
import { mayNotify } from './roles/notifications.ts';
import type { Judge } from './roles/queue-calls.ts';
import type { LocalS3, LocalS3Options } from './s3/configuration.ts';
import { startLocalS3 } from './s3/server.ts';
import type { Template } from './template/template.ts';

export interface StorageOptions extends Pick<LocalS3Options, 'dataDirectory' | 'port' | 'credentials' | 'deliver'> {
  readonly control?: LocalS3Options['control'] | undefined;
  readonly judge: Judge;
  readonly report: ReportFault;
  /** Things to undo at the end, in reverse order. */
  readonly cleanup: AsyncDisposableStack;
}

/** S3 with the buckets of the template. Their policies are those of the template, and those that were put to them. */
export const startStorage = async (template: Template, options: StorageOptions): Promise<LocalS3> => {
  const { control, judge, cleanup, ...given } = options;
  const s3 = await startLocalS3({
    ...given,
    ...homeOfBuckets(template),
    buckets: planBuckets(template),
    authorize: (request, bucket) => judge.authorize(request, bucket?.name, bucket?.policy && [bucket.policy.compiled]),
    mayNotify: (bucketName, queueArn) => mayNotify(template, bucketName, queueArn, judge),
    clock: judge.clock,
    ...(control && { control }),
  }).catch((cause: unknown) => {
    throw explain(given.port, cause, ', where S3 would be,');
  });
  cleanup.defer(() => s3.close());
  return s3;
};
