import { describe, expect, it } from 'vitest';
import { resourceOf, resourcesOf, statementsOf, synthesize } from '../support/synthesize.ts';

describe.each(synthesize())('the data stack of $environment.name', ({ environment, data }) => {
  const kms = environment.encryption === 'kms';
  const retained = environment.removal === 'retain';
  const removal = retained ? 'Retain' : 'Delete';
  const bucket = resourceOf(data, 'AWS::S3::Bucket');
  const table = resourceOf(data, 'AWS::DynamoDB::Table');

  it('has keys of its own only where it encrypts with them, rotated and kept', () => {
    const keys = resourcesOf(data, 'AWS::KMS::Key');

    expect(keys).toHaveLength(kms ? 3 : 0);
    for (const key of keys) {
      expect(key).toMatchObject({ DeletionPolicy: removal, Properties: { EnableKeyRotation: true } });
    }
  });

  it('lets DynamoDB remove items by the attribute that nothing else reads', () => {
    expect(table.Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAtSeconds', Enabled: true });
  });

  it('keys the table by document and indexes it by owner, subject and tenant and by what is due, keys only', () => {
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
        {
          IndexName: 'bySubject',
          KeySchema: [
            { AttributeName: 'subjectPk', KeyType: 'HASH' },
            { AttributeName: 'documentId', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'byTenant',
          KeySchema: [
            { AttributeName: 'tenantPk', KeyType: 'HASH' },
            { AttributeName: 'documentId', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'byDue',
          KeySchema: [
            { AttributeName: 'dueShard', KeyType: 'HASH' },
            { AttributeName: 'dueAt', KeyType: 'RANGE' },
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

    expect(names).toEqual([
      ...(environment.identity.kind === 'cognito' ? ['UserPoolId'] : []),
      'DocumentsBucketName',
      'TableName',
    ]);
  });
});
