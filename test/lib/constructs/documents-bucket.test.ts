import { describe, expect, it } from 'vitest';
import { lifecycleRules } from '../../../lib/constructs/lifecycle-rules.ts';
import { defaultProfile } from '../../../profiles/default.ts';
import { resourceOf, statementsOf, synthesize } from '../support/synthesize.ts';

it.each([
  [3600, 1],
  [86_400, 1],
  [86_401, 2],
  [604_800, 7],
])('aborts no upload in parts that may take %i seconds before they are over: %i days', (expiresInSeconds, days) => {
  const profile = { ...defaultProfile, multipart: { ...defaultProfile.multipart, expiresInSeconds } };

  expect(lifecycleRules(profile)).toContainEqual({
    id: 'abort-uploads',
    status: 'Enabled',
    abortIncompleteMultipartUpload: { daysAfterInitiation: days },
  });
});

describe.each(synthesize())('the documents bucket of $environment.name', ({ environment, data }) => {
  const kms = environment.encryption === 'kms';
  const bucket = resourceOf(data, 'AWS::S3::Bucket');
  const queue = resourceOf(data, 'AWS::SQS::Queue', 'UploadsQueue');

  it('keeps the bucket private, versioned and without ACLs', () => {
    expect(bucket.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  it('encrypts the bucket as the environment says', () => {
    expect(bucket.Properties.BucketEncryption).toEqual({
      ServerSideEncryptionConfiguration: [
        kms
          ? {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: {
                SSEAlgorithm: 'aws:kms',
                KMSMasterKeyID: { 'Fn::GetAtt': [resourceOf(data, 'AWS::KMS::Key', 'DocumentsKey').id, 'Arn'] },
              },
            }
          : { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
      ],
    });
  });

  it('lets exactly its pages, methods and headers across origins', () => {
    expect(bucket.Properties.CorsConfiguration).toEqual({
      CorsRules: [
        {
          AllowedOrigins: environment.origins,
          AllowedMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
          AllowedHeaders: [
            'content-type',
            'if-none-match',
            'range',
            'x-amz-checksum-crc64nvme',
            'x-amz-checksum-sha256',
            'x-amz-checksum-type',
            'x-amz-mp-object-size',
            'x-amz-tagging',
          ],
          ExposedHeaders: ['Accept-Ranges', 'Content-Range', 'ETag', 'Location', 'Retry-After', 'x-amz-request-id'],
          MaxAge: 3600,
        },
      ],
    });
  });

  it('removes what is left over, and moves and removes by retention class', () => {
    const { incomingDays, rejectedDays, noncurrentDays, classes = {} } = environment.profile.retention;
    const expire = (state: string, days: number) => ({
      Id: `expire-${state}`,
      Status: 'Enabled',
      TagFilters: [{ Key: 'sealdrop-state', Value: state }],
      ExpirationInDays: days,
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
    });

    const retain = ([name, { days, transitions }]: [
      string,
      { days: number; transitions?: { storageClass: string; days: number }[] | undefined },
    ]) => ({
      Id: `retain-${name}`,
      Status: 'Enabled',
      TagFilters: [{ Key: 'sealdrop-retention', Value: name }],
      ...(transitions && {
        Transitions: transitions.map((to) => ({ StorageClass: to.storageClass, TransitionInDays: to.days })),
      }),
      ExpirationInDays: days + 7,
    });

    // Nothing for `deleted`: S3 counts days from the upload. The sweeper purges when the time to restore is over.
    expect(bucket.Properties.LifecycleConfiguration).toEqual({
      Rules: [
        { Id: 'abort-uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
        expire('incoming', incomingDays),
        expire('rejected', rejectedDays),
        ...Object.entries(classes).map(retain),
        {
          Id: 'expire-noncurrent',
          Status: 'Enabled',
          NoncurrentVersionExpiration: { NoncurrentDays: noncurrentDays },
          ExpiredObjectDeleteMarker: true,
        },
      ],
    });
  });

  it('reports what is created to the queue, once the queue admits it', () => {
    const { id } = resourceOf(data, 'AWS::SQS::QueuePolicy', 'UploadsQueue');

    expect(bucket.Properties.NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
      QueueConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Queue: { 'Fn::GetAtt': [queue.id, 'Arn'] },
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'documents/' }] } },
        },
      ],
    });
    expect(bucket.DependsOn).toEqual([id]);
  });

  it('says in the bucket policy what S3 refuses, each statement with its name', () => {
    const statements = statementsOf(resourceOf(data, 'AWS::S3::BucketPolicy'));

    expect(statements.every(({ Effect }) => Effect === 'Deny')).toBe(true);
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      'DenyPlainHttp',
      'DenyTlsBefore12',
      'DenyUploadWithoutIfNoneMatch',
      'DenyUploadWithoutIfNoneMatchButByForm',
      'DenyUploadWithoutState',
      'DenyFormWithoutState',
      'DenyUploadInAnotherState',
      'DenyReadUnlessAvailable',
      'DenyTaggingOtherThanIncoming',
      'DenyChangeOfState',
      'DenyRemovalOfState',
      'DenyUploadWithVerdict',
      'DenyVerdictOfOthers',
      'DenyOtherEncryption',
      'DenyCustomerKeys',
      ...(kms ? ['DenyOtherKmsKeys'] : []),
      'DenyOldUploadLinks',
      'DenyOldDownloadLinks',
      'DenyOtherStorageClasses',
    ]);
  });
});
