import * as z from 'zod/mini';
import { emulated, generatedId, noEffect, notDone, notRun, physicalName } from '../kind.ts';
import { LifecycleConfiguration } from './s3-lifecycle.ts';

const bucketName = physicalName('BucketName', 63, (name) => name.toLowerCase());

const Filter = z.strictObject({
  S3Key: z.strictObject({
    Rules: z.array(z.strictObject({ Name: z.enum(['prefix', 'suffix']), Value: z.string() })),
  }),
});

const Encryption = z.strictObject({
  ServerSideEncryptionByDefault: z.strictObject({
    SSEAlgorithm: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']),
    KMSMasterKeyID: z.optional(z.string()),
  }),
  BucketKeyEnabled: z.optional(z.boolean()),
});

/**
 * AWS::S3::Bucket. Encryption is reported and not done; access logs and public access blocks change nothing on one machine that listens on
 * 127.0.0.1 only.
 */
export const s3Bucket = emulated({
  ref: bucketName,
  attributes: {
    Arn: (context) => `arn:aws:s3:::${bucketName(context)}`,
    DomainName: (context) => `${bucketName(context)}.s3.amazonaws.com`,
    RegionalDomainName: (context) => `${bucketName(context)}.s3.${context.region}.amazonaws.com`,
  },
  properties: z.strictObject({
    BucketName: z.optional(z.string()),
    BucketEncryption: notDone(
      'it is reported, and data lies in the data folder as it is',
      z.optional(z.strictObject({ ServerSideEncryptionConfiguration: z.array(Encryption) })),
    ),
    CorsConfiguration: z.optional(
      z.strictObject({
        CorsRules: z.array(
          z.strictObject({
            Id: z.optional(z.string()),
            AllowedHeaders: z.optional(z.array(z.string())),
            AllowedMethods: z.array(z.string()),
            AllowedOrigins: z.array(z.string()),
            ExposedHeaders: z.optional(z.array(z.string())),
            MaxAge: z.optional(z.int()),
          }),
        ),
      }),
    ),
    NotificationConfiguration: z.optional(
      z.strictObject({
        // Its new objects are told to Malware Protection only: a rule that waits for them stops the start (local/events/plan.ts).
        EventBridgeConfiguration: z.optional(z.strictObject({ EventBridgeEnabled: z._default(z.boolean(), true) })),
        QueueConfigurations: z._default(
          z.array(z.strictObject({ Event: z.string(), Queue: z.string(), Filter: z.optional(Filter) })),
          [],
        ),
      }),
    ),
    VersioningConfiguration: z.optional(z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) })),
    AccessControl: noEffect,
    LifecycleConfiguration: z.optional(LifecycleConfiguration),
    LoggingConfiguration: notRun('no access logs are written'),
    ObjectLockConfiguration: notRun('no object is locked'),
    ObjectLockEnabled: z._default(z.boolean(), false),
    OwnershipControls: noEffect,
    PublicAccessBlockConfiguration: notRun('S3 listens on 127.0.0.1 only'),
    Tags: noEffect,
  }),
});

/** AWS::S3::BucketPolicy. Evaluated on every call to the local S3. */
export const s3BucketPolicy = emulated({
  ref: generatedId,
  properties: z.strictObject({ Bucket: z.string(), PolicyDocument: z.looseObject({ Statement: z.unknown() }) }),
});
