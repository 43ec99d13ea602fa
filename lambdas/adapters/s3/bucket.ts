import { type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { ObjectRef } from '../../ports.ts';

export interface Bucket {
  readonly client: S3Client;
  readonly bucketName: string;
}

/** A version that is not there (404) or is a delete marker (405); S3 says so in several codes. */
const isGone = (error: unknown): boolean =>
  error instanceof S3ServiceException && [404, 405].includes(error.$metadata.httpStatusCode ?? 0);

/** What S3 answered, undefined where the version is gone. */
export const unlessGone = async <Value>(answer: Promise<Value>): Promise<Value | undefined> => {
  try {
    return await answer;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
};

/** How S3 is told which version is meant. */
export const versionIn = ({ bucketName }: Bucket, { key, versionId }: ObjectRef) => ({
  Bucket: bucketName,
  Key: key,
  VersionId: versionId,
});
