import { checksumHeader, checksumTypeOf } from '../body/checksum.ts';
import type { BucketConfiguration, BucketEncryption } from '../configuration.ts';
import type { AnyObjectVersion, ObjectAttributes } from '../store/object-version.ts';

export const versionHeaders = (bucket: BucketConfiguration, version: AnyObjectVersion): Record<string, string> =>
  bucket.versioning ? { 'x-amz-version-id': version.versionId } : {};

/** What the object is said to be encrypted with. The files of this S3 are plain. */
export function encryptionHeaders(encryption: BucketEncryption): Record<string, string> {
  const headers: Record<string, string> = { 'x-amz-server-side-encryption': encryption.sseAlgorithm };
  if (encryption.kmsMasterKeyId !== undefined) {
    headers['x-amz-server-side-encryption-aws-kms-key-id'] = encryption.kmsMasterKeyId;
  }
  if (encryption.bucketKeyEnabled) headers['x-amz-server-side-encryption-bucket-key-enabled'] = 'true';
  return headers;
}

export function checksumHeaders({ checksum }: ObjectAttributes): Record<string, string> {
  if (checksum === undefined) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksumTypeOf(checksum) };
}
