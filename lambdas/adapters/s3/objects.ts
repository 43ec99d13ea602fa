import { GetObjectCommand, HeadObjectCommand, type HeadObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { checksumAlgorithms } from '../../../contract/checksums.ts';
import type { Objects } from '../../ports.ts';
import { unlessGone, versionIn } from './bucket.ts';
import { tagsOf } from './tags.ts';
import { versionsOf } from './versions.ts';

/**
 * The checksum that S3 keeps. One of parts has their number behind it (`…=-3`), which says no more than its type. Old
 * answers tell no type: then the number does.
 */
const checksumOf = ({ ChecksumSHA256, ChecksumCRC64NVME, ChecksumType }: HeadObjectCommandOutput) => {
  const algorithm = checksumAlgorithms.find((name) => ({ SHA256: ChecksumSHA256, CRC64NVME: ChecksumCRC64NVME })[name]);
  if (algorithm === undefined) return undefined;
  const [value = '', partsCount] = ({ SHA256: ChecksumSHA256, CRC64NVME: ChecksumCRC64NVME }[algorithm] ?? '').split(
    '-',
  );
  const isComposite = ChecksumType === 'COMPOSITE' || partsCount !== undefined;
  return { algorithm, type: isComposite ? ('COMPOSITE' as const) : ('FULL_OBJECT' as const), value };
};

/** The verifier's hands on the bucket. Every call names a version: what is checked is what is pinned. */
export const s3Objects = (client: S3Client, bucketName: string): Objects => {
  const bucket = { client, bucketName };
  return {
    ...tagsOf(bucket),
    ...versionsOf(bucket),

    head: async (ref) => {
      const head = await unlessGone(
        client.send(new HeadObjectCommand({ ...versionIn(bucket, ref), ChecksumMode: 'ENABLED' })),
      );
      return (
        head && {
          sizeBytes: head.ContentLength ?? 0,
          checksum: checksumOf(head),
          contentEncoding: head.ContentEncoding,
          etag: head.ETag ?? '',
        }
      );
    },

    readStart: async (ref, sizeBytesMax) => {
      const { Body } = await client.send(
        new GetObjectCommand({ ...versionIn(bucket, ref), Range: `bytes=0-${sizeBytesMax - 1}` }),
      );
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    },
  };
};
