import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnBucket, CfnBucketProps } from 'aws-cdk-lib/aws-s3';

/** What every bucket here has: nobody outside, no ACLs, every version kept. */
export const privateBucket = {
  publicAccessBlockConfiguration: {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  },
  ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
  versioningConfiguration: { status: 'Enabled' },
} as const satisfies CfnBucketProps;

/** By S3's keys, or by the given one with a bucket key, which saves nearly all requests to KMS. */
export const bucketEncryption = (key: IKey | undefined): CfnBucket.BucketEncryptionProperty => ({
  serverSideEncryptionConfiguration: [
    key === undefined
      ? { serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
      : {
          bucketKeyEnabled: true,
          serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.keyArn },
        },
  ],
});
