import type { S3RequestToSign } from '../../ports.ts';
import type { PresignRequest } from '../../signing/presign.ts';
import { uploadHeaders } from './upload-headers.ts';

/** What one operation of S3 is on the wire, all of it to be signed. */
type RequestOnTheWire = Pick<PresignRequest, 'query' | 'headers'> & {
  readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT';
};

/**
 * The operations of the S3 API reference by their names. `CompleteMultipartUpload` writes once, as `PutObject` does, and
 * what the object must be is a condition of it: S3 then refuses parts that make another one.
 */
export const s3Request = (request: S3RequestToSign): RequestOnTheWire => {
  switch (request.operation) {
    case 'PutObject':
      return { method: 'PUT', headers: { ...uploadHeaders.whole(request), ...lengthOf(request.sizeBytes) } };
    case 'CreateMultipartUpload':
      return { method: 'POST', query: { uploads: '' }, headers: uploadHeaders.described(request) };
    case 'UploadPart':
      return {
        method: 'PUT',
        query: { partNumber: String(request.partNumber), uploadId: request.uploadId },
        headers: {
          ...lengthOf(request.sizeBytes),
          ...(request.sha256 !== undefined && uploadHeaders.sha256(request.sha256)),
          ...(request.crc64nvme !== undefined && { 'x-amz-checksum-crc64nvme': request.crc64nvme }),
        },
      };
    case 'ListParts':
      return { method: 'GET', query: { uploadId: request.uploadId } };
    case 'CompleteMultipartUpload':
      return {
        method: 'POST',
        query: { uploadId: request.uploadId },
        headers: {
          'if-none-match': '*',
          ...(request.sizeBytes !== undefined && { 'x-amz-mp-object-size': String(request.sizeBytes) }),
          ...(request.crc64nvme !== undefined && {
            'x-amz-checksum-crc64nvme': request.crc64nvme,
            'x-amz-checksum-type': 'FULL_OBJECT',
          }),
        },
      };
    case 'AbortMultipartUpload':
      return { method: 'DELETE', query: { uploadId: request.uploadId } };
  }
};

const lengthOf = (sizeBytes: number | undefined): Record<string, string> =>
  sizeBytes === undefined ? {} : { 'content-length': String(sizeBytes) };
