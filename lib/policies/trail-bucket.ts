import { type PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { allowPrincipal, deny } from './statement.ts';
import { requireTls } from './transport.ts';

export interface TrailBucketPolicyProps {
  readonly bucketArn: string;
  readonly trailArn: string;
  readonly account: string;
  /** Whether the log files must outlive whoever would rather they did not. */
  readonly retained: boolean;
}

/** What CloudTrail asks of its bucket (CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail"), for this trail. */
export const trailBucketPolicy = ({
  bucketArn,
  trailArn,
  account,
  retained,
}: TrailBucketPolicyProps): PolicyStatement[] => {
  const cloudTrail = new ServicePrincipal('cloudtrail.amazonaws.com');
  const thisTrail = { 'aws:SourceArn': trailArn };
  return [
    ...requireTls(bucketArn),
    allowPrincipal(cloudTrail, {
      sid: 'AllowTrailAclCheck',
      actions: ['s3:GetBucketAcl'],
      resources: [bucketArn],
      conditions: { StringEquals: thisTrail },
    }),
    allowPrincipal(cloudTrail, {
      sid: 'AllowTrailDelivery',
      actions: ['s3:PutObject'],
      resources: [`${bucketArn}/AWSLogs/${account}/*`],
      conditions: { StringEquals: { ...thisTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
    ...(retained ? [keepEvidence(bucketArn)] : []),
  ];
};

/** T17: lifecycle rules remove log files when their time has come, and nobody before or besides. */
const keepEvidence = (bucketArn: string): PolicyStatement =>
  deny({
    sid: 'DenyRemovalOfEvidence',
    actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
    resources: [`${bucketArn}/*`],
  });
