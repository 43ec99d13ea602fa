import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { bucketArn } from '../arns.ts';
import { CursorKeySecret } from '../constructs/cursor-key-secret.ts';
import { DocumentsBucket } from '../constructs/documents-bucket.ts';
import { documentsTable } from '../constructs/documents-table.ts';
import { environmentKey } from '../constructs/environment-key.ts';
import { UserPool } from '../constructs/user-pool.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import type { Environment } from '../environment.ts';
import { names } from '../names.ts';

export interface DataStackProps extends StackProps {
  readonly environment: Environment;
}

/**
 * All that has state: documents, records, keys, secrets, and people where the environment has a pool of its own. The uploads queue is here too, beside the bucket: S3 checks
 * when the bucket is created that the queue exists and admits it, and a queue of the service stack would make the two
 * stacks wait for each other.
 */
export class DataStack extends Stack {
  readonly bucket: CfnBucket;
  readonly table: Table;
  readonly uploads: WorkQueue;
  readonly documentsKey: IKey | undefined;
  readonly tableKey: IKey | undefined;
  readonly cursorKey: CfnSecret;
  readonly secretsKey: IKey | undefined;
  readonly userPool: CfnUserPool | undefined;

  constructor(scope: Construct, id: string, { environment, ...props }: DataStackProps) {
    super(scope, id, props);
    this.documentsKey = environmentKey(this, 'DocumentsKey', {
      environment,
      description: `Sealdrop ${environment.name}: documents`,
    });
    this.tableKey = environmentKey(this, 'TableKey', {
      environment,
      description: `Sealdrop ${environment.name}: records`,
    });
    this.secretsKey = environmentKey(this, 'SecretsKey', {
      environment,
      description: `Sealdrop ${environment.name}: secrets`,
    });
    this.cursorKey = new CursorKeySecret(this, 'CursorKey', { environment, key: this.secretsKey }).secret;
    this.table = documentsTable(this, 'Table', { environment, key: this.tableKey });
    this.uploads = new WorkQueue(this, 'Uploads', {
      environment,
      name: 'uploads',
      consumer: 'record-upload',
      sender: {
        principal: new ServicePrincipal('s3.amazonaws.com'),
        conditions: {
          ArnEquals: { 'aws:SourceArn': bucketArn(this, names.documentsBucket(environment)) },
          StringEquals: { 'aws:SourceAccount': this.account },
        },
      },
    });
    this.bucket = new DocumentsBucket(this, 'Documents', {
      environment,
      key: this.documentsKey,
      queueArn: this.uploads.queue.queueArn,
    }).bucket;
    this.bucket.node.addDependency(this.uploads.policy);
    const { identity } = environment;
    if (identity.kind === 'cognito') {
      this.userPool = new UserPool(this, 'Users', { environment, identity }).pool;
      new CfnOutput(this, 'UserPoolId', { value: this.userPool.ref });
    }

    new CfnOutput(this, 'DocumentsBucketName', { value: this.bucket.ref });
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
  }
}
