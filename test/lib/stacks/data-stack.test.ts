import { describe, expect, it } from 'vitest';
import { functionSettings } from '../../../lib/function-settings.ts';
import { resourceOf, resourcesOf, statementsOf, synthesize } from '../support/synthesize.ts';

describe.each(synthesize())('the data stack of $environment.name', ({ environment, data }) => {
  const kms = environment.encryption === 'kms';
  const retained = environment.removal === 'retain';
  const removal = retained ? 'Retain' : 'Delete';
  const bucket = resourceOf(data, 'AWS::S3::Bucket');
  const table = resourceOf(data, 'AWS::DynamoDB::Table');
  const queue = resourceOf(data, 'AWS::SQS::Queue', 'UploadsQueue');
  const deadLetters = resourceOf(data, 'AWS::SQS::Queue', 'UploadsDeadLetters');

  it('has keys of its own only where it encrypts with them, rotated and kept', () => {
    const keys = resourcesOf(data, 'AWS::KMS::Key');

    expect(keys).toHaveLength(kms ? 3 : 0);
    for (const key of keys) {
      expect(key).toMatchObject({ DeletionPolicy: removal, Properties: { EnableKeyRotation: true } });
    }
  });

  it('keys the table by document and indexes it by owner, keys only', () => {
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byOwner',
          KeySchema: [
            { AttributeName: 'ownerPk', KeyType: 'HASH' },
            { AttributeName: 'documentId', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    });
  });

  it('can restore the table to any second, encrypts it, and protects it where it retains', () => {
    expect(table.Properties).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: retained,
      SSESpecification: kms
        ? {
            SSEEnabled: true,
            SSEType: 'KMS',
            KMSMasterKeyId: { 'Fn::GetAtt': [resourceOf(data, 'AWS::KMS::Key', 'TableKey').id, 'Arn'] },
          }
        : { SSEEnabled: true },
    });
  });

  it('leaves bucket, its lock and table behind exactly where the environment retains', () => {
    for (const resource of [bucket, resourceOf(data, 'AWS::S3::BucketPolicy'), table]) {
      expect(resource).toMatchObject({ DeletionPolicy: removal, UpdateReplacePolicy: removal });
    }
  });

  it('gives a message five tries of six timeouts each, then two weeks among the dead letters', () => {
    expect(queue.Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      VisibilityTimeout: 6 * functionSettings['record-upload'].timeoutSeconds,
      RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters.id, 'Arn'] } },
    });
    expect(deadLetters.Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
  });

  it('lets nobody send but this bucket, and nobody in without TLS', () => {
    const policies = resourcesOf(data, 'AWS::SQS::QueuePolicy');
    const allowed = policies.flatMap((policy) => statementsOf(policy)).filter(({ Effect }) => Effect === 'Allow');

    expect(policies).toHaveLength(2);
    for (const policy of policies) {
      expect(statementsOf(policy)).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
    expect(allowed).toMatchObject([
      {
        Action: ['sqs:SendMessage'],
        Principal: { Service: 's3.amazonaws.com' },
        Condition: {
          ArnEquals: { 'aws:SourceArn': `arn:aws:s3:::${bucket.Properties.BucketName}` },
          StringEquals: { 'aws:SourceAccount': environment.account },
        },
      },
    ]);
  });

  it('has Secrets Manager make the key for cursors, and keeps it as it keeps the records', () => {
    const secret = resourceOf(data, 'AWS::SecretsManager::Secret');
    const policy = resourceOf(data, 'AWS::SecretsManager::ResourcePolicy');

    expect(secret.Properties).toMatchObject({
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
    });
    expect(secret.Properties.KmsKeyId).toEqual(
      kms ? { 'Fn::GetAtt': [resourceOf(data, 'AWS::KMS::Key', 'SecretsKey').id, 'Arn'] } : undefined,
    );
    expect(secret.Properties).not.toHaveProperty('SecretString');
    for (const resource of [secret, policy])
      expect(resource).toMatchObject({ DeletionPolicy: removal, UpdateReplacePolicy: removal });
    expect(policy.Properties).toMatchObject({ SecretId: { Ref: secret.id }, BlockPublicPolicy: true });
    expect(statementsOf(policy, 'ResourcePolicy')).toMatchObject([
      {
        Effect: 'Deny',
        Action: ['secretsmanager:*'],
        Resource: { Ref: secret.id },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('gives out the names that operators need', () => {
    const names = Object.keys(data.Outputs).filter((name) => !name.startsWith('ExportsOutput'));

    expect(names).toEqual(['DocumentsBucketName', 'TableName', 'UploadsQueueUrl', 'DeadLettersQueueUrl']);
  });
});
