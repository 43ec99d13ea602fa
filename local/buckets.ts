import { planLifecycle } from './bucket-lifecycle.ts';
import type { BucketConfiguration, BucketEncryption, CorsRule, QueueNotification } from './s3/configuration.ts';
import { TemplateError } from './template/errors.ts';
import type { ResourceOf, Template } from './template/template.ts';

type Bucket = ResourceOf<'AWS::S3::Bucket'>;

const corsOf = ({ config }: Bucket): readonly CorsRule[] =>
  (config.CorsConfiguration?.CorsRules ?? []).map((rule) => ({
    allowedOrigins: rule.AllowedOrigins,
    allowedMethods: rule.AllowedMethods,
    ...(rule.Id !== undefined && { id: rule.Id }),
    ...(rule.AllowedHeaders && { allowedHeaders: rule.AllowedHeaders }),
    ...(rule.ExposedHeaders && { exposedHeaders: rule.ExposedHeaders }),
    ...(rule.MaxAge !== undefined && { maxAge: rule.MaxAge }),
  }));

const notificationsOf = ({ config }: Bucket): readonly QueueNotification[] =>
  (config.NotificationConfiguration?.QueueConfigurations ?? []).map(({ Event, Queue, Filter }) => ({
    event: Event,
    queue: Queue,
    ...(Filter && {
      filter: { s3Key: { rules: Filter.S3Key.Rules.map(({ Name, Value }) => ({ name: Name, value: Value })) } },
    }),
  }));

const encryptionOf = ({ config }: Bucket): BucketEncryption | undefined => {
  const [rule] = config.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  if (rule === undefined) return undefined;
  const { SSEAlgorithm, KMSMasterKeyID } = rule.ServerSideEncryptionByDefault;
  return {
    sseAlgorithm: SSEAlgorithm,
    ...(KMSMasterKeyID !== undefined && { kmsMasterKeyId: KMSMasterKeyID }),
    ...(rule.BucketKeyEnabled !== undefined && { bucketKeyEnabled: rule.BucketKeyEnabled }),
  };
};

const versioningOf = ({ config }: Bucket): BucketConfiguration['versioning'] =>
  config.VersioningConfiguration?.Status === 'Suspended' ? 'suspended' : config.VersioningConfiguration !== undefined;

/** The buckets of the template, as the local S3 takes them. */
export const planBuckets = (template: Template): readonly BucketConfiguration[] =>
  template.all('AWS::S3::Bucket').map((bucket) => {
    if (bucket.config.ObjectLockEnabled) {
      throw new TemplateError(`The local S3 cannot lock the objects of ${bucket.ref}.`);
    }
    const encryption = encryptionOf(bucket);
    const { LifecycleConfiguration: lifecycle } = bucket.config;
    return {
      name: bucket.ref,
      region: bucket.region,
      versioning: versioningOf(bucket),
      cors: corsOf(bucket),
      notifications: notificationsOf(bucket),
      ...(bucket.config.NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled && {
        eventBridge: true,
      }),
      ...(encryption && { encryption }),
      ...(lifecycle && { lifecycle: planLifecycle(bucket.ref, lifecycle) }),
    };
  });

/** Region and account of the template, which are those of its buckets. */
export const homeOfBuckets = (template: Template): { readonly region: string; readonly account: string } => {
  const [bucket] = template.all('AWS::S3::Bucket');
  if (bucket === undefined) throw new TemplateError('The template has no bucket.');
  return { region: bucket.region, account: bucket.account };
};
