import { GetBucketLocationCommand, type S3Client } from '@aws-sdk/client-s3';
import type { StorageFault } from '../../../contract/storage-faults.ts';
import type { StorageProbe } from '../../ports.ts';

/** S3's own codes (Amazon S3 API Reference, "Error responses"), and names that the SDK gives. */
const faultOfCode: Readonly<Record<string, StorageFault>> = {
  AccessDenied: 'access-denied',
  AccountProblem: 'access-denied',
  AllAccessDisabled: 'access-denied',
  NoSuchBucket: 'bucket-not-found',
  AuthorizationHeaderMalformed: 'wrong-region',
  PermanentRedirect: 'wrong-region',
  CredentialsProviderError: 'invalid-credentials',
  ExpiredToken: 'invalid-credentials',
  InvalidAccessKeyId: 'invalid-credentials',
  InvalidToken: 'invalid-credentials',
  RequestTimeTooSkewed: 'invalid-credentials',
  SignatureDoesNotMatch: 'invalid-credentials',
  TimeoutError: 'unreachable',
};

/** Errors of the system (`ECONNREFUSED`, `ENOTFOUND`, …) have such a code, and so have those of TLS. */
const isOfNetwork = (code: unknown): boolean => typeof code === 'string' && /^(E[A-Z]+|(ERR_TLS|CERT)_\w+)$/.test(code);

const faultOf = (error: unknown): StorageFault | undefined => {
  const { name, code, $metadata } = error as { name?: string; code?: unknown; $metadata?: { httpStatusCode?: number } };
  const known = faultOfCode[name ?? ''];
  if (known !== undefined) return known;
  if (isOfNetwork(code)) return 'unreachable';
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return undefined;
  if (status === 403) return 'access-denied';
  return status === 404 ? 'bucket-not-found' : 'failing';
};

/** Buckets of before regions had names: of us-east-1 nothing, of eu-west-1 `EU` (API_GetBucketLocation). */
const regionOf = (constraint: string | undefined): string => {
  if (!constraint) return 'us-east-1';
  return constraint === 'EU' ? 'eu-west-1' : constraint;
};

/**
 * Asks with GetBucketLocation: its right tells the bucket's region and nothing else, whereas HeadBucket needs
 * `s3:ListBucket`, which lists every key. Errors that are no answer of S3's and none of the network's are bugs.
 */
export const s3Probe = (client: S3Client, bucketName: string, region: string): StorageProbe => ({
  check: async () => {
    try {
      const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket: bucketName }));
      return regionOf(LocationConstraint) === region ? undefined : 'wrong-region';
    } catch (error) {
      const fault = faultOf(error);
      if (fault === undefined) throw error;
      return fault;
    }
  },
});
