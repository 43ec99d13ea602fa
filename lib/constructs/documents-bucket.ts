import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { objectKeyPrefix } from '../../contract/storage.ts';
import { roleArn } from '../arns.ts';
import type { Environment } from '../environment.ts';
import { completers, formSigners, names, scannerRole, stateWriters, verifiers } from '../names.ts';
import { documentsBucketPolicy } from '../policies/documents-bucket.ts';
import { removalPolicy } from '../removal.ts';
import { lifecycleRules } from './lifecycle-rules.ts';
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
      ...(environment.transferAcceleration && {
        accelerateConfiguration: { accelerationStatus: 'Enabled' },
      }),
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
          completerArns: completers.map((name) => roleArn(this, environment, name)),
          formSignerArns: formSigners.map((name) => roleArn(this, environment, name)),
          keyArn: key?.keyArn,
        }),
      }),
    });
    // Where the documents stay, their lock stays with them.
    policy.applyRemovalPolicy(removalPolicy(environment));
  }
}

/**
 * T19: exactly the environment's pages, and of the headers exactly those that an upload signs and a download asks for
 * parts by. Pages see which part came; what they may see of every answer (the Fetch standard's "CORS-safelisted
 * response-header name") needs no word.
 */
function corsRule({ origins }: Environment): CfnBucket.CorsRuleProperty {
  return {
    allowedOrigins: origins,
    // POST: forms, and the completion of uploads by clients that speak S3; DELETE: to give those up.
    allowedMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
    allowedHeaders: [
      'content-type',
      'if-none-match',
      'range',
      'x-amz-checksum-crc64nvme',
      'x-amz-checksum-sha256',
      'x-amz-checksum-type',
      'x-amz-mp-object-size',
      'x-amz-tagging',
    ],
    exposedHeaders: ['Accept-Ranges', 'Content-Range', 'ETag', 'Location', 'Retry-After', 'x-amz-request-id'],
    maxAge: 3600,
  };
}
