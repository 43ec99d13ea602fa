import { createHash } from 'node:crypto';
import { evaluate } from '../iam/evaluate.ts';
import { compilePolicy } from '../iam/policy.ts';
import type { AccessRequest, Decision } from '../iam/types.ts';
import type { Credential } from '../sigv4/credential.ts';
import type { Bucket } from './buckets/bucket.ts';

/** An access key of an account of its own. */
export interface AccountKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Always the same for one key, so its buckets are its own again after a restart. 12 digits. */
export const accountIdOf = ({ accessKeyId }: Pick<AccountKey, 'accessKeyId'>): string => {
  const hash = createHash('sha256').update(accessKeyId).digest();
  return (hash.readBigUInt64BE() % 10n ** 12n).toString().padStart(12, '0');
};

export const credentialOf = (key: AccountKey): Credential => {
  const accountId = accountIdOf(key);
  return {
    secretAccessKey: key.secretAccessKey,
    principal: { arn: `arn:aws:iam::${accountId}:root`, accountId },
  };
};

const everything = compilePolicy(
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  'account',
);

/** "The root user of the bucket owner's account can perform [these] even if the policy explicitly denies" it. */
const actionsOnPolicy = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'];

/**
 * Decides what the roots of accounts may do ("How S3 authorizes a request"): everything with the buckets of their own
 * that no policy denies, and with those of others what the bucket policy allows.
 */
export function authorizeAccount(request: AccessRequest, bucket: Bucket | undefined): Decision {
  const { accountId } = request.principal;
  const isOwn = bucket === undefined || bucket.owner === accountId;
  if (isOwn && actionsOnPolicy.includes(request.action)) return { allowed: true };
  const { policy, publicAccessBlock } = bucket ?? {};
  // "Only AWS services and authorized users within the bucket owner's account" may use a public policy.
  if (!isOwn && policy?.isPublic && publicAccessBlock?.restrictPublicBuckets) {
    return { allowed: false, reason: 'implicit-deny' };
  }
  return evaluate(request, {
    identityPolicies: isOwn ? [everything] : [],
    resourcePolicies: policy ? [policy.compiled] : [],
  });
}
