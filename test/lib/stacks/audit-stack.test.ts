import { describe, expect, it } from 'vitest';
import { resourceOf, resourcesOf, statementsOf, synthesize } from '../support/synthesize.ts';

describe.each(synthesize())('the audit stack of $environment.name', ({ environment, data, audit }) => {
  const kms = environment.encryption === 'kms';
  const retained = environment.removal === 'retain';
  const trail = resourceOf(audit, 'AWS::CloudTrail::Trail');
  const bucket = resourceOf(audit, 'AWS::S3::Bucket');
  const policy = resourceOf(audit, 'AWS::S3::BucketPolicy');
  const trailArn = `arn:aws:cloudtrail:${environment.region}:${environment.account}:trail/sealdrop-${environment.name}`;

  it('logs what manages the account, in every region, in files that prove they are whole', () => {
    expect(trail.Properties).toMatchObject({
      TrailName: `sealdrop-${environment.name}`,
      IsLogging: true,
      EnableLogFileValidation: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      S3BucketName: { Ref: bucket.id },
    });
  });

  it('logs every read and every write of a document', () => {
    const exported = Object.keys(data.Outputs).find((name) => /GetAttDocumentsBucket.*Arn/.test(name));

    expect(trail.Properties.AdvancedEventSelectors).toEqual([
      { Name: 'Management events', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
      {
        Name: 'Reads and writes of documents',
        // No readOnly selector: both.
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
          {
            Field: 'resources.ARN',
            StartsWith: [
              { 'Fn::Join': ['', [{ 'Fn::ImportValue': `sealdrop-${environment.name}-data:${exported}` }, '/']] },
            ],
          },
        ],
      },
    ]);
  });

  it('waits for the policy of its bucket, which CloudTrail checks', () => {
    expect(trail.DependsOn).toEqual([policy.id]);
  });

  it('keeps the log files in a private bucket of their own', () => {
    expect(bucket.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: kms ? 'aws:kms' : 'AES256' } },
        ],
      },
    });
  });

  it('locks them where the environment retains, and removes them when their time has come', () => {
    for (const resource of [bucket, policy]) expect(resource.DeletionPolicy).toBe(retained ? 'Retain' : 'Delete');
    expect(bucket.Properties.ObjectLockEnabled).toBe(retained ? true : undefined);
    expect(bucket.Properties.ObjectLockConfiguration).toEqual(
      retained
        ? {
            ObjectLockEnabled: 'Enabled',
            Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: environment.auditRetentionDays } },
          }
        : undefined,
    );
    expect(bucket.Properties.LifecycleConfiguration).toMatchObject({
      Rules: [
        { ExpirationInDays: environment.auditRetentionDays, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
        { ExpiredObjectDeleteMarker: true },
      ],
    });
  });

  it('lets this trail write, nobody delete what must be kept, and nobody in without TLS 1.2', () => {
    const thisTrail = { 'aws:SourceArn': trailArn };
    const allowed = statementsOf(policy).filter(({ Effect }) => Effect === 'Allow');
    const denied = statementsOf(policy).filter(({ Effect }) => Effect === 'Deny');

    expect(allowed).toMatchObject([
      {
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['s3:GetBucketAcl'],
        Condition: { StringEquals: thisTrail },
      },
      {
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['s3:PutObject'],
        Condition: { StringEquals: { ...thisTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ]);
    expect(JSON.stringify(allowed[1])).toContain(`/AWSLogs/${environment.account}/*`);
    expect(denied).toMatchObject([
      { Sid: 'DenyPlainHttp', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Sid: 'DenyTlsBefore12', Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
      ...(retained ? [{ Sid: 'DenyRemovalOfEvidence', Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] }] : []),
    ]);
  });

  it('encrypts them with a key that this trail may use, where the environment has keys', () => {
    const keys = resourcesOf(audit, 'AWS::KMS::Key');
    expect(keys).toHaveLength(kms ? 1 : 0);
    for (const key of keys) {
      const admitted = statementsOf(key, 'KeyPolicy').filter(({ Sid }) => Sid?.startsWith('AllowTrail'));

      expect(trail.Properties.KMSKeyId).toEqual({ 'Fn::GetAtt': [key.id, 'Arn'] });
      expect(key.Properties.EnableKeyRotation).toBe(true);
      expect(admitted.flatMap(({ Action }) => Action)).toEqual([
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:DescribeKey',
      ]);
      for (const { Condition } of admitted) {
        expect(Condition).toMatchObject({ StringEquals: { 'aws:SourceArn': trailArn } });
      }
    }
  });
});
