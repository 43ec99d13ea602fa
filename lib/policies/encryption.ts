import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { deny, type Statement } from './statement.ts';

const algorithm = 's3:x-amz-server-side-encryption';
const keyId = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const customerAlgorithm = 's3:x-amz-server-side-encryption-customer-algorithm';

/**
 * T18: a request that names no encryption gets the bucket's own; one that names another is refused, and so is a key
 * brought along (SSE-C), with which a thief could lock the owner out.
 *
 * @param keyArn the key that encrypts, undefined where S3's keys do.
 */
export const requireEncryption = (documents: string, keyArn: string | undefined): PolicyStatement[] => {
  const denyPut = (sid: string, conditions: NonNullable<Statement['conditions']>) =>
    deny({ sid, actions: ['s3:PutObject'], resources: [documents], conditions });
  const statements = [
    denyPut('DenyOtherEncryption', {
      Null: { [algorithm]: 'false' },
      StringNotEquals: { [algorithm]: keyArn === undefined ? 'AES256' : 'aws:kms' },
    }),
    denyPut('DenyCustomerKeys', { Null: { [customerAlgorithm]: 'false' } }),
  ];
  if (keyArn === undefined) return statements;
  return [
    ...statements,
    denyPut('DenyOtherKmsKeys', { Null: { [keyId]: 'false' }, StringNotEquals: { [keyId]: keyArn } }),
  ];
};
