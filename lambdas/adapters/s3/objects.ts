import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Objects } from '../../ports.ts';
import { unlessGone, versionIn } from './bucket.ts';
import { tagsOf } from './tags.ts';
import { versionsOf } from './versions.ts';

const hexOf = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');

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
          // A composite checksum is a hash of hashes, not of the bytes; it never equals a declared SHA-256.
          sha256: head.ChecksumSHA256?.includes('-') === false ? hexOf(head.ChecksumSHA256) : undefined,
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
