import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { trailArn } from '../arns.ts';
import { environmentKey } from '../constructs/environment-key.ts';
import { TrailBucket } from '../constructs/trail-bucket.ts';
import type { Environment } from '../environment.ts';
import { names } from '../names.ts';
import { allowPrincipal } from '../policies/statement.ts';
import type { DataStack } from './data-stack.ts';

export interface AuditStackProps extends StackProps {
  readonly environment: Environment;
  readonly data: DataStack;
}

/** Who did what: every call that manages the account, and every read and write of a document (T17). */
export class AuditStack extends Stack {
  constructor(scope: Construct, id: string, { environment, data, ...props }: AuditStackProps) {
    super(scope, id, props);
    const key = environmentKey(this, 'Key', { environment, description: `Sealdrop ${environment.name}: audit` });
    if (key) this.admitTrail(key, environment);
    const logs = new TrailBucket(this, 'Logs', { environment, key });
    // L1: `Trail` would add roles and statements of its own, and knows no advanced selectors.
    const trail = new CfnTrail(this, 'Trail', {
      trailName: names.trail(environment),
      s3BucketName: logs.bucket.ref,
      isLogging: true,
      enableLogFileValidation: true,
      // Changes to roles are events of another region (us-east-1): without it they would be missing.
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      ...(key && { kmsKeyId: key.keyArn }),
      advancedEventSelectors: eventSelectors(data.bucket.attrArn),
    });
    trail.node.addDependency(logs.policy);
  }

  /** CloudTrail user guide, "Configure KMS key policies for CloudTrail"; its `GenerateDataKey*` written out. */
  private admitTrail(key: Key, environment: Environment): void {
    const cloudTrail = new ServicePrincipal('cloudtrail.amazonaws.com');
    const thisTrail = { 'aws:SourceArn': trailArn(this, environment) };
    const anyTrail = this.formatArn({ service: 'cloudtrail', region: '*', resource: 'trail', resourceName: '*' });
    key.addToResourcePolicy(
      allowPrincipal(cloudTrail, {
        sid: 'AllowTrailEncryption',
        actions: ['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
        resources: ['*'],
        conditions: {
          StringEquals: thisTrail,
          StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': anyTrail },
        },
      }),
    );
    key.addToResourcePolicy(
      allowPrincipal(cloudTrail, {
        sid: 'AllowTrailDescribe',
        actions: ['kms:DescribeKey'],
        resources: ['*'],
        conditions: { StringEquals: thisTrail },
      }),
    );
  }
}

const eventSelectors = (documentsBucketArn: string): CfnTrail.AdvancedEventSelectorProperty[] => [
  {
    name: 'Management events',
    fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }],
  },
  {
    name: 'Reads and writes of documents',
    fieldSelectors: [
      { field: 'eventCategory', equalTo: ['Data'] },
      { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
      { field: 'resources.ARN', startsWith: [`${documentsBucketArn}/`] },
    ],
  },
];
