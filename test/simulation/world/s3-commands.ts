import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutObjectTaggingCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { partsCount } from './contents.ts';
import { NotImplemented } from './expressions.ts';
import type { SimulatedBucket, StoredVersion } from './s3.ts';

export const s3Error = (name: string, httpStatusCode: number): S3ServiceException =>
  new S3ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode, attempts: 1 } });

interface VersionInput {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
}

type Stored = StoredVersion & { readonly content: NonNullable<StoredVersion['content']> };

/** Every call of ours names its version; one that does not is refused here, for it would hit whatever is newest. */
const existing = (bucket: SimulatedBucket, { Key = '', VersionId }: VersionInput): Stored => {
  if (VersionId === undefined) throw new NotImplemented('requests without a version');
  const version = bucket.version(Key, VersionId);
  if (version === undefined) throw s3Error('NoSuchVersion', 404);
  if (version.content === undefined) throw s3Error('MethodNotAllowed', 405);
  return version as Stored;
};

const head = ({ content }: Stored) => ({
  ContentLength: content.sizeBytes,
  ...(content.composite === undefined
    ? { ChecksumSHA256: Buffer.from(content.sha256, 'hex').toString('base64'), ChecksumType: 'FULL_OBJECT' }
    : { ChecksumSHA256: `${content.composite}-${partsCount}`, ChecksumType: 'COMPOSITE' }),
  ETag: `"${content.name}"`,
});

const list = (bucket: SimulatedBucket, { input }: ListObjectVersionsCommand, pageSize: number) => {
  const { Prefix = '', VersionIdMarker } = input;
  const all = bucket.keys().includes(Prefix) ? bucket.versions(Prefix) : [];
  const start = VersionIdMarker === undefined ? 0 : all.findIndex(({ versionId }) => versionId === VersionIdMarker) + 1;
  const page = all.slice(start, start + pageSize);
  const last = page.at(-1);
  const isTruncated = start + page.length < all.length;
  const named = (isMarker: boolean) =>
    page
      .filter(({ content }) => (content === undefined) === isMarker)
      .map(({ key, versionId }) => ({ Key: key, VersionId: versionId }));
  return {
    Versions: named(false),
    DeleteMarkers: named(true),
    IsTruncated: isTruncated,
    ...(isTruncated && { NextKeyMarker: Prefix, NextVersionIdMarker: last?.versionId }),
  };
};

const refusals = { 404: 'NoSuchUpload', 412: 'PreconditionFailed' } as const;

const complete = (bucket: SimulatedBucket, { input }: CompleteMultipartUploadCommand) => {
  const { Key = '', UploadId = '', IfNoneMatch, MpuObjectSize, MultipartUpload } = input;
  const parts = bucket.parts(Key, UploadId);
  if (parts === undefined) throw s3Error('NoSuchUpload', 404);
  const named = JSON.stringify(
    MultipartUpload?.Parts?.map(({ PartNumber, ChecksumSHA256 }) => [PartNumber, ChecksumSHA256]),
  );
  if (named !== JSON.stringify(parts.map(({ number, checksum }) => [number, checksum])))
    throw s3Error('InvalidPart', 400);
  if (parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) !== MpuObjectSize) throw s3Error('InvalidRequest', 400);
  const made = bucket.completeMultipart(Key, UploadId, IfNoneMatch === '*');
  if (typeof made === 'number') throw s3Error(refusals[made], made);
  return { VersionId: made.versionId };
};

/** Uploads in parts. */
const executeOnUploads = (bucket: SimulatedBucket, command: object): unknown => {
  if (command instanceof CreateMultipartUploadCommand)
    return {
      UploadId: bucket.beginMultipart(command.input.Key ?? '', new Map(new URLSearchParams(command.input.Tagging))),
    };
  if (command instanceof ListPartsCommand) {
    const { Key = '', UploadId = '' } = command.input;
    const parts = bucket.parts(Key, UploadId);
    if (parts === undefined) throw s3Error('NoSuchUpload', 404);
    return {
      Parts: parts.map(({ number, sizeBytes, checksum }) => ({
        PartNumber: number,
        Size: sizeBytes,
        ETag: `"${checksum}"`,
        ChecksumSHA256: checksum,
      })),
    };
  }
  if (command instanceof CompleteMultipartUploadCommand) return complete(bucket, command);
  throw new NotImplemented(command.constructor.name);
};

/** Carries a command out on the bucket and answers it. Throws what S3 would. */
export const executeOnS3 = (bucket: SimulatedBucket, command: object, pageSize: number): unknown => {
  if (command instanceof HeadObjectCommand) return head(existing(bucket, command.input));
  if (command instanceof GetObjectCommand) {
    const { content } = existing(bucket, command.input);
    return { Body: { transformToByteArray: async () => content.bytes } };
  }
  if (command instanceof GetObjectTaggingCommand) {
    const { tags } = existing(bucket, command.input);
    return { TagSet: [...tags].map(([Key, Value]) => ({ Key, Value })) };
  }
  if (command instanceof PutObjectTaggingCommand) {
    const version = existing(bucket, command.input);
    const tags = command.input.Tagging?.TagSet ?? [];
    version.tags = new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
    return {};
  }
  if (command instanceof ListObjectVersionsCommand) return list(bucket, command, pageSize);
  if (command instanceof DeleteObjectCommand) {
    const { Key = '', VersionId } = command.input;
    if (VersionId === undefined) throw new NotImplemented('deletions without a version');
    bucket.deleteVersion(Key, VersionId);
    return {};
  }
  if (command instanceof ListMultipartUploadsCommand) {
    const { Prefix = '' } = command.input;
    return { Uploads: bucket.multipartUploads(Prefix).map((UploadId) => ({ Key: Prefix, UploadId })) };
  }
  if (command instanceof AbortMultipartUploadCommand) {
    const { Key = '', UploadId = '' } = command.input;
    if (!bucket.abortMultipart(Key, UploadId)) throw s3Error('NoSuchUpload', 404);
    return {};
  }
  return executeOnUploads(bucket, command);
};
