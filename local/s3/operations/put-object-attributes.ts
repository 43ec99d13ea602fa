import { contentEncodingOf } from '../body/content-encoding.ts';
import type { BucketConfiguration, BucketEncryption } from '../configuration.ts';
import type { RequestHeaders } from '../http/request.ts';
import { invalidArgument, Refusal } from '../refusal.ts';
import type { ObjectAttributes } from '../store/object-version.ts';
import { decodeMetadataValue, metadataPrefix, metadataSizeBytesMax } from './user-metadata.ts';

/** Kept and replayed as they came ("PutObject", request headers). */
const keptHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];
const storageClasses = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
];
const encryptionAlgorithms = ['AES256', 'aws:kms', 'aws:kms:dsse'] as const;

export function parseAttributes(headers: RequestHeaders, bucket: BucketConfiguration): ObjectAttributes | Refusal {
  const storageClass = headers.get('x-amz-storage-class') ?? 'STANDARD';
  if (!storageClasses.includes(storageClass)) {
    return new Refusal('InvalidStorageClass', undefined, { StorageClassRequested: storageClass });
  }
  const acl = headers.get('x-amz-acl');
  const grants = [...headers.keys()].some((name) => name.startsWith('x-amz-grant-'));
  if (grants || (acl !== undefined && acl !== 'bucket-owner-full-control')) {
    return new Refusal('AccessControlListNotSupported');
  }
  const encryption = parseEncryption(headers, bucket);
  if (encryption instanceof Refusal) return encryption;
  const metadata = [...headers].flatMap(([name, value]) =>
    name.startsWith(metadataPrefix) ? [[name, decodeMetadataValue(value)] as const] : [],
  );
  const metadataSizeBytes = metadata.reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) - metadataPrefix.length + Buffer.byteLength(value),
    0,
  );
  if (metadataSizeBytes > metadataSizeBytesMax) {
    return new Refusal('MetadataTooLarge', undefined, {
      Size: metadataSizeBytes,
      MaxSizeAllowed: metadataSizeBytesMax,
    });
  }
  const contentEncoding = contentEncodingOf(headers);
  const kept = [...headers].filter(([name]) => keptHeaders.includes(name) && name !== 'content-encoding');
  return {
    headers: {
      'content-type': 'binary/octet-stream',
      ...Object.fromEntries([...kept, ...metadata]),
      ...(contentEncoding !== undefined && { 'content-encoding': contentEncoding }),
    },
    storageClass,
    encryption,
  };
}

function parseEncryption(headers: RequestHeaders, bucket: BucketConfiguration): BucketEncryption | Refusal {
  const requested = headers.get('x-amz-server-side-encryption');
  const keyId = headers.get('x-amz-server-side-encryption-aws-kms-key-id');
  if (requested === undefined && keyId === undefined) return bucket.encryption ?? { sseAlgorithm: 'AES256' };
  const sseAlgorithm = encryptionAlgorithms.find((algorithm) => algorithm === requested);
  if (sseAlgorithm === undefined) {
    return new Refusal('InvalidEncryptionAlgorithmError', undefined, { Algorithm: requested ?? '' });
  }
  if (sseAlgorithm === 'AES256' && keyId !== undefined) {
    const message =
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms';
    return invalidArgument(message, 'x-amz-server-side-encryption', sseAlgorithm);
  }
  const bucketKeyEnabled = headers.get('x-amz-server-side-encryption-bucket-key-enabled') === 'true';
  return { sseAlgorithm, bucketKeyEnabled, ...(keyId !== undefined && { kmsMasterKeyId: keyId }) };
}
