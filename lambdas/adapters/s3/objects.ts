import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { objectStateTagKey } from '../../../contract/states.ts';
import type { ObjectRef, Objects } from '../../ports.ts';

/** A version that is not there (404) or is a delete marker (405); S3 says so in several codes. */
const isGone = (error: unknown): boolean =>
  error instanceof S3ServiceException && [404, 405].includes(error.$metadata.httpStatusCode ?? 0);

const hexOf = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');

/** The verifier's hands on the bucket. Every call names a version: what is checked is what is pinned. */
export const s3Objects = (client: S3Client, bucketName: string): Objects => {
  const versionOf = ({ key, versionId }: ObjectRef) => ({ Bucket: bucketName, Key: key, VersionId: versionId });
  return {
    head: async (ref) => {
      try {
        const head = await client.send(new HeadObjectCommand({ ...versionOf(ref), ChecksumMode: 'ENABLED' }));
        return {
          sizeBytes: head.ContentLength ?? 0,
          // A composite checksum is a hash of hashes, not of the bytes; it never equals a declared SHA-256.
          sha256: head.ChecksumSHA256?.includes('-') === false ? hexOf(head.ChecksumSHA256) : undefined,
          contentEncoding: head.ContentEncoding,
          etag: head.ETag ?? '',
        };
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },

    readStart: async (ref, sizeBytesMax) => {
      const { Body } = await client.send(
        new GetObjectCommand({ ...versionOf(ref), Range: `bytes=0-${sizeBytesMax - 1}` }),
      );
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    },

    setState: async (ref, state) => {
      try {
        await client.send(
          new PutObjectTaggingCommand({
            ...versionOf(ref),
            Tagging: { TagSet: [{ Key: objectStateTagKey, Value: state }] },
          }),
        );
        return true;
      } catch (error) {
        if (isGone(error)) return false;
        throw error;
      }
    },
  };
};
