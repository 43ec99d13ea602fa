import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Profile } from '../../contract/profile.ts';
import { type ObjectState, objectStateTagKey } from '../../contract/states.ts';
import { objectKeyPrefix } from '../../contract/storage.ts';
import { roleArn } from '../arns.ts';
import type { Environment } from '../environment.ts';
import { names, scannerRole, stateWriters, verifiers } from '../names.ts';
import { documentsBucketPolicy } from '../policies/documents-bucket.ts';
import { removalPolicy } from '../removal.ts';
import { bucketEncryption, privateBucket } from './private-bucket.ts';

export interface DocumentsBucketProps {
  readonly environment: Environment;
  readonly key: IKey | undefined;
  /** Where S3 reports what was created; it must admit the bucket before the bucket exists. */
  readonly queueArn: string;
}

/**
 * The documents. L1 on purpose: `Bucket` would bring a custom resource with a function and a role of its own for the
 * notifications, where CloudFormation has a property.
 */
export class DocumentsBucket extends Construct {
  readonly bucket: CfnBucket;

  constructor(scope: Construct, id: string, { environment, key, queueArn }: DocumentsBucketProps) {
    super(scope, id);
    this.bucket = new CfnBucket(this, 'Bucket', {
      ...privateBucket,
      bucketName: names.documentsBucket(environment),
      bucketEncryption: bucketEncryption(key),
      corsConfiguration: { corsRules: [corsRule(environment)] },
      lifecycleConfiguration: { rules: lifecycleRules(environment.profile) },
      notificationConfiguration: {
        // GuardDuty switches it on for itself; a template without it would switch it off again.
        ...(environment.scanner === 'guardduty' && {
          eventBridgeConfiguration: { eventBridgeEnabled: true },
        }),
        queueConfigurations: [
          {
            event: 's3:ObjectCreated:*',
            queue: queueArn,
            filter: { s3Key: { rules: [{ name: 'prefix', value: objectKeyPrefix }] } },
          },
        ],
      },
    });
    this.bucket.applyRemovalPolicy(removalPolicy(environment));
    const policy = new CfnBucketPolicy(this, 'Policy', {
      bucket: this.bucket.ref,
      policyDocument: new PolicyDocument({
        statements: documentsBucketPolicy({
          bucketArn: this.bucket.attrArn,
          readerArns: [...verifiers, scannerRole].map((name) => roleArn(this, environment, name)),
          taggerArns: [...stateWriters, scannerRole].map((name) => roleArn(this, environment, name)),
          keyArn: key?.keyArn,
        }),
      }),
    });
    // Where the documents stay, their lock stays with them.
    policy.applyRemovalPolicy(removalPolicy(environment));
  }
}

/** T19: exactly the environment's pages, and of the headers exactly those that an upload signs. */
function corsRule({ origins }: Environment): CfnBucket.CorsRuleProperty {
  return {
    allowedOrigins: origins,
    allowedMethods: ['GET', 'HEAD', 'PUT'],
    allowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256', 'x-amz-tagging'],
    exposedHeaders: ['ETag', 'Retry-After', 'x-amz-request-id'],
    maxAge: 3600,
  };
}

/** F12, F17: what is left over goes by itself, even if none of our code runs. */
function lifecycleRules({ retention }: Profile): CfnBucket.RuleProperty[] {
  const expire = (state: ObjectState, expirationInDays: number): CfnBucket.RuleProperty => ({
    id: `expire-${state}`,
    status: 'Enabled',
    tagFilters: [{ key: objectStateTagKey, value: state }],
    expirationInDays,
    // In a versioned bucket an expiration only adds a delete marker: the bytes go with this.
    noncurrentVersionExpiration: { noncurrentDays: 1 },
  });
  return [
    { id: 'abort-uploads', status: 'Enabled', abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } },
    expire('incoming', retention.incomingDays),
    expire('rejected', retention.rejectedDays),
    // None for `deleted`: S3 counts days from the upload, and what was deleted yesterday can be years old. The sweeper
    // removes it when it can no longer be restored.
    {
      id: 'expire-noncurrent',
      status: 'Enabled',
      noncurrentVersionExpiration: { noncurrentDays: retention.noncurrentDays },
      expiredObjectDeleteMarker: true,
    },
  ];
}
