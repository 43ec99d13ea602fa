import { describe, expect, it } from 'vitest';
import { planBuckets } from '../../local/buckets.ts';
import type { JsonObject } from '../../local/template/json.ts';
import { linkTemplate } from '../../local/template/template.ts';

const plan = (Properties: JsonObject) => {
  const template = { Resources: { Documents: { Type: 'AWS::S3::Bucket', Properties } } };
  return planBuckets(
    linkTemplate([{ stackName: 'data', account: '111122223333', region: 'eu-west-1', template, assets: new Map() }]),
  );
};

describe('the plan of a bucket', () => {
  it('has everything that the local S3 acts on', () => {
    const [bucket] = plan({
      BucketName: 'documents',
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' },
          },
        ],
      },
      CorsConfiguration: {
        CorsRules: [
          {
            AllowedHeaders: ['content-type'],
            AllowedMethods: ['PUT'],
            AllowedOrigins: ['https://a.example'],
            ExposedHeaders: ['ETag'],
            MaxAge: 60,
          },
        ],
      },
      NotificationConfiguration: {
        EventBridgeConfiguration: { EventBridgeEnabled: true },
        QueueConfigurations: [
          {
            Event: 's3:ObjectCreated:*',
            Queue: 'arn:aws:sqs:eu-west-1:111122223333:uploads',
            Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'documents/' }] } },
          },
        ],
      },
    });

    expect(bucket).toEqual({
      name: 'documents',
      region: 'eu-west-1',
      versioning: true,
      encryption: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: 'key', bucketKeyEnabled: true },
      cors: [
        {
          allowedHeaders: ['content-type'],
          allowedMethods: ['PUT'],
          allowedOrigins: ['https://a.example'],
          exposedHeaders: ['ETag'],
          maxAge: 60,
        },
      ],
      eventBridge: true,
      notifications: [
        {
          event: 's3:ObjectCreated:*',
          queue: 'arn:aws:sqs:eu-west-1:111122223333:uploads',
          filter: { s3Key: { rules: [{ name: 'prefix', value: 'documents/' }] } },
        },
      ],
    });
  });

  it('is bare where the template says nothing, with a name that S3 would take', () => {
    const [bucket] = plan({});
    expect(bucket).toEqual({
      name: expect.stringMatching(/^data-documents-[0-9a-f]{12}$/),
      region: 'eu-west-1',
      versioning: false,
      cors: [],
      notifications: [],
    });
  });

  it.each([
    ['Enabled', true],
    ['Suspended', 'suspended'],
  ])('takes the versioning of the template: %s', (Status, versioning) => {
    expect(plan({ VersioningConfiguration: { Status } })).toMatchObject([{ versioning }]);
  });

  it.each<[string, JsonObject, RegExp]>([
    ['versions that could not be deleted on AWS', { ObjectLockEnabled: true }, /lock/],
    ['transfer acceleration', { AccelerateConfiguration: {} }, /AccelerateConfiguration/],
    ['notifications by a topic', { NotificationConfiguration: { TopicConfigurations: [] } }, /TopicConfigurations/],
  ])('stops at %s', (_, properties, message) => {
    expect(() => plan(properties)).toThrow(message);
  });
});
