import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  type ListPartsCommandOutput,
  type Part,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { ChecksumAlgorithm } from '../../../contract/checksums.ts';
import type { StoredPart } from '../../../contract/schemas/parts.ts';
import type { CompletionOutcome, MultipartUploads, UploadRef } from '../../ports.ts';
import { unlessGone } from './bucket.ts';
import { uploadHeaders } from './upload-headers.ts';

const typeOf = { SHA256: 'COMPOSITE', CRC64NVME: 'FULL_OBJECT' } as const satisfies Record<ChecksumAlgorithm, string>;

const storedPart = ({ PartNumber = 0, Size = 0, ETag = '', ChecksumSHA256, ChecksumCRC64NVME }: Part): StoredPart => {
  const checksum = ChecksumSHA256 ?? ChecksumCRC64NVME;
  return { partNumber: PartNumber, sizeBytes: Size, etag: ETag, ...(checksum !== undefined && { checksum }) };
};

/** S3's own codes (Amazon S3 API Reference, "CompleteMultipartUpload"); any other is a fault. */
const outcomeOfCode: Readonly<Record<string, CompletionOutcome>> = {
  NoSuchUpload: 'gone',
  PreconditionFailed: 'taken',
  ConditionalRequestConflict: 'restart',
  InvalidPart: 'changed',
  InvalidPartOrder: 'changed',
  EntityTooSmall: 'changed',
  BadDigest: 'other-bytes',
};

/** How a part is named to S3: with its checksum, where S3 makes that of the object of those of its parts. */
const namedPart = (algorithm: ChecksumAlgorithm, { partNumber, etag, checksum }: StoredPart) => ({
  PartNumber: partNumber,
  ETag: etag,
  ...(algorithm === 'SHA256' && { ChecksumSHA256: checksum }),
});

/** Uploads in parts. S3 is told the size, and of what it can compare the checksum, of what it must make of them. */
export const s3MultipartUploads = (client: S3Client, bucketName: string): MultipartUploads => {
  const named = ({ key, uploadId }: UploadRef) => ({ Bucket: bucketName, Key: key, UploadId: uploadId });
  return {
    create: async ({ key, checksumAlgorithm, ...described }) => {
      const { UploadId } = await client.send(
        new CreateMultipartUploadCommand({
          Bucket: bucketName,
          Key: key,
          ContentType: described.mediaType,
          Tagging: uploadHeaders.described(described)['x-amz-tagging'],
          ChecksumAlgorithm: checksumAlgorithm,
          ChecksumType: typeOf[checksumAlgorithm],
        }),
      );
      if (UploadId === undefined) throw new Error('S3 began an upload and did not say which.');
      return UploadId;
    },

    listParts: async (ref) => {
      const parts: StoredPart[] = [];
      let marker: string | undefined;
      do {
        const list = new ListPartsCommand({ ...named(ref), ...(marker && { PartNumberMarker: marker }) });
        const page: ListPartsCommandOutput | undefined = await unlessGone(client.send(list));
        if (page === undefined) return undefined;
        parts.push(...(page.Parts ?? []).map(storedPart));
        marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
      } while (marker !== undefined);
      return parts;
    },

    complete: async (ref, { parts, sizeBytes, checksumAlgorithm, checksum }) => {
      const complete = new CompleteMultipartUploadCommand({
        ...named(ref),
        IfNoneMatch: '*',
        MpuObjectSize: sizeBytes,
        ChecksumType: typeOf[checksumAlgorithm],
        ...(checksumAlgorithm === 'CRC64NVME' && { ChecksumCRC64NVME: checksum }),
        MultipartUpload: { Parts: parts.map((part) => namedPart(checksumAlgorithm, part)) },
      });
      try {
        await client.send(complete);
        return 'completed';
      } catch (error) {
        const outcome = error instanceof S3ServiceException ? outcomeOfCode[error.name] : undefined;
        if (outcome === undefined) throw error;
        return outcome;
      }
    },

    abort: async (ref) => {
      await unlessGone(client.send(new AbortMultipartUploadCommand(named(ref))));
    },
  };
};
