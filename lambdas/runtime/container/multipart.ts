import type { MultipartUploads } from '../../ports.ts';
import { awsCalls } from './aws-calls.ts';

/** S3 takes its time to put many parts together (up to minutes); who waits gives up by the function's own timeout. */
const completion = { connectionTimeout: 500, requestTimeout: 27_000, throwOnRequestTimeout: true };

const connect = async (bucketName: string): Promise<MultipartUploads> => {
  const [{ S3Client }, { s3MultipartUploads }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('../../adapters/s3/multipart-uploads.ts'),
  ]);
  // No checksum of the SDK's own choice beside those that an upload has.
  const settings = { ...awsCalls, requestChecksumCalculation: 'WHEN_REQUIRED' as const };
  const { complete } = s3MultipartUploads(
    new S3Client({ ...settings, maxAttempts: 1, requestHandler: completion }),
    bucketName,
  );
  return { ...s3MultipartUploads(new S3Client(settings), bucketName), complete };
};

/** The client of S3 is loaded by the first call: most files go up in one PUT, which asks S3 for nothing. */
export const buildUploads = (bucketName: string): MultipartUploads => {
  let uploads: Promise<MultipartUploads> | undefined;
  const connected = (): Promise<MultipartUploads> => {
    uploads ??= connect(bucketName);
    return uploads;
  };
  return {
    create: async (upload) => (await connected()).create(upload),
    listParts: async (ref) => (await connected()).listParts(ref),
    complete: async (ref, completion) => (await connected()).complete(ref, completion),
    abort: async (ref) => (await connected()).abort(ref),
  };
};
