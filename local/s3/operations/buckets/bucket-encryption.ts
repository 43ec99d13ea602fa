import * as z from 'zod/mini';
import { readConfiguration, truth } from '../../buckets/configuration-document.ts';
import { xmlAnswer } from '../../http/answer.ts';
import { invalidArgument, notImplemented, Refusal } from '../../refusal.ts';
import { element, xmlDocument } from '../../xml.ts';
import type { Operation } from '../operation.ts';
import { setConfiguration } from './set-configuration.ts';

const shared = { target: 'bucket', subresource: 'encryption' } as const;

const Rule = z.strictObject({
  ApplyServerSideEncryptionByDefault: z.strictObject({
    SSEAlgorithm: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']),
    KMSMasterKeyID: z.optional(z.string()),
  }),
  BucketKeyEnabled: z.optional(truth),
  BlockedEncryptionTypes: z.optional(z.unknown()),
});

const format = {
  root: 'ServerSideEncryptionConfiguration',
  lists: ['Rule'],
  schema: z.strictObject({ Rule: z.tuple([Rule]) }),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html. Every bucket has one. */
export const getBucketEncryption: Operation = {
  ...shared,
  name: 'GetBucketEncryption',
  method: 'GET',
  actions: () => ['s3:GetEncryptionConfiguration'],
  handle: async ({ bucket }) => {
    const { sseAlgorithm, kmsMasterKeyId, bucketKeyEnabled } = bucket.encryption ?? { sseAlgorithm: 'AES256' };
    return xmlAnswer(
      xmlDocument(
        'ServerSideEncryptionConfiguration',
        element(
          'Rule',
          element(
            'ApplyServerSideEncryptionByDefault',
            element('SSEAlgorithm', sseAlgorithm),
            kmsMasterKeyId === undefined ? undefined : element('KMSMasterKeyID', kmsMasterKeyId),
          ),
          element('BucketKeyEnabled', bucketKeyEnabled ?? false),
        ),
      ),
    );
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html. Reported of objects, never done. */
export const putBucketEncryption: Operation = {
  ...shared,
  name: 'PutBucketEncryption',
  method: 'PUT',
  actions: () => ['s3:PutEncryptionConfiguration'],
  async handle(call) {
    const configuration = await readConfiguration(call, format);
    if (configuration instanceof Refusal) return configuration;
    const [rule] = configuration.Rule;
    if (rule.BlockedEncryptionTypes !== undefined) {
      return notImplemented('BlockedEncryptionTypes of PutBucketEncryption');
    }
    const { SSEAlgorithm, KMSMasterKeyID } = rule.ApplyServerSideEncryptionByDefault;
    if (SSEAlgorithm === 'AES256' && KMSMasterKeyID !== undefined) {
      const message = 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse';
      return invalidArgument(message, 'ApplyServerSideEncryptionByDefault', 'AES256');
    }
    return setConfiguration(call, {
      encryption: {
        sseAlgorithm: SSEAlgorithm,
        ...(KMSMasterKeyID !== undefined && { kmsMasterKeyId: KMSMasterKeyID }),
        ...(rule.BucketKeyEnabled !== undefined && { bucketKeyEnabled: rule.BucketKeyEnabled }),
      },
    });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html: back to SSE-S3. */
export const deleteBucketEncryption: Operation = {
  ...shared,
  name: 'DeleteBucketEncryption',
  method: 'DELETE',
  actions: () => ['s3:PutEncryptionConfiguration'],
  handle: (call) => setConfiguration(call, { encryption: undefined }, 204),
};
