import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { trailArn } from '../arns.ts';
import type { Environment } from '../environment.ts';
import { names } from '../names.ts';
import { trailBucketPolicy } from '../policies/trail-bucket.ts';
import { removalPolicy } from '../removal.ts';
import { bucketEncryption, privateBucket } from './private-bucket.ts';

export interface TrailBucketProps {
  readonly environment: Environment;
  readonly key: IKey | undefined;
}

/** The log files of CloudTrail: T17, evidence that nobody can remove while it must be kept. */
export class TrailBucket extends Construct {
  readonly bucket: CfnBucket;
  /** CloudTrail checks it when the trail is created: the trail has to wait for it. */
  readonly policy: CfnBucketPolicy;

  constructor(scope: Construct, id: string, { environment, key }: TrailBucketProps) {
    super(scope, id);
    this.bucket = new CfnBucket(this, 'Bucket', {
      ...privateBucket,
      bucketName: names.trailBucket(environment),
      bucketEncryption: bucketEncryption(key),
      lifecycleConfiguration: { rules: lifecycleRules(environment) },
      ...(environment.removal === 'retain' && objectLock(environment)),
    });
    this.bucket.applyRemovalPolicy(removalPolicy(environment));
    this.policy = new CfnBucketPolicy(this, 'Policy', {
      bucket: this.bucket.ref,
      policyDocument: new PolicyDocument({
        statements: trailBucketPolicy({
          bucketArn: this.bucket.attrArn,
          trailArn: trailArn(this, environment),
          account: environment.account,
          retained: environment.removal === 'retain',
        }),
      }),
    });
    this.policy.applyRemovalPolicy(removalPolicy(environment));
  }
}

/** COMPLIANCE: not even the account's root can shorten it, nor delete a file before its time. */
const objectLock = ({ auditRetentionDays }: Environment) => ({
  objectLockEnabled: true,
  objectLockConfiguration: {
    objectLockEnabled: 'Enabled',
    rule: { defaultRetention: { mode: 'COMPLIANCE', days: auditRetentionDays } },
  },
});

const lifecycleRules = ({ auditRetentionDays }: Environment): CfnBucket.RuleProperty[] => [
  {
    id: 'expire-logs',
    status: 'Enabled',
    expirationInDays: auditRetentionDays,
    noncurrentVersionExpiration: { noncurrentDays: 1 },
  },
  {
    id: 'clean-up',
    status: 'Enabled',
    expiredObjectDeleteMarker: true,
    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
  },
];
