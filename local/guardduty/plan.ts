import { TemplateError } from '../template/errors.ts';
import type { Template } from '../template/template.ts';

/** A Malware Protection plan: which objects of a bucket are scanned, and in whose name. */
export interface PlanConfig {
  readonly arn: string;
  readonly bucketName: string;
  /** An object is scanned below any of these; below none of them where there are none: then all are. */
  readonly prefixes: readonly string[];
  readonly roleArn: string;
  /** Whether the verdict is written on the version too. */
  readonly tags: boolean;
}

/** The plans of the template. @throws TemplateError for a bucket that is not in it, or that has two plans. */
export const planMalwareProtection = (template: Template): readonly PlanConfig[] => {
  const buckets = new Set(template.all('AWS::S3::Bucket').map(({ ref }) => ref));
  const plans = template.all('AWS::GuardDuty::MalwareProtectionPlan').map(({ config, attribute }) => {
    const { BucketName: bucketName, ObjectPrefixes: prefixes } = config.ProtectedResource.S3Bucket;
    const tags = config.Actions?.Tagging.Status === 'ENABLED';
    return { arn: attribute('Arn'), bucketName, prefixes, roleArn: config.Role, tags };
  });
  for (const [index, { arn, bucketName }] of plans.entries()) {
    if (!buckets.has(bucketName))
      throw new TemplateError(`${arn} protects ${bucketName}, which is not in the template.`);
    if (plans.findIndex((plan) => plan.bucketName === bucketName) < index)
      throw new TemplateError(`The bucket ${bucketName} has two Malware Protection plans. Make one of them.`);
  }
  return plans;
};

/** The plan by which a new object is scanned. */
export const planOfNewObject = (
  plans: readonly PlanConfig[],
  { bucketName, key }: { readonly bucketName: string; readonly key: string },
): PlanConfig | undefined =>
  plans.find(
    (plan) =>
      plan.bucketName === bucketName &&
      (plan.prefixes.length === 0 || plan.prefixes.some((prefix) => key.startsWith(prefix))),
  );
