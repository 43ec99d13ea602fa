import { partRangeOf, partsCountOf } from '../../contract/parts.ts';
import { uploadingDocument } from './documents.ts';

/** What S3 answers about uploads in parts: the same of each, which is the one of `uploadingDocument` with all its parts. */

const { sizeBytes, upload } = uploadingDocument;
const partSizeBytes = upload?.partSizeBytes ?? sizeBytes;

const partElement = (_: unknown, index: number): string => {
  const { start, end } = partRangeOf(index + 1, sizeBytes, partSizeBytes);
  const checksum = Buffer.alloc(32, index + 1).toString('base64');
  return `<Part><PartNumber>${index + 1}</PartNumber><Size>${end - start}</Size><ETag>"e"</ETag><ChecksumSHA256>${checksum}</ChecksumSHA256></Part>`;
};

const parts = Array.from({ length: partsCountOf(sizeBytes, partSizeBytes) }, partElement).join('');

/** By method and the parameter that names the operation. Undefined: it is about something else. */
export const multipartAnswer = (method: string | undefined, query: string): string | undefined => {
  const parameters = new URLSearchParams(query);
  if (method === 'POST' && parameters.has('uploads'))
    return `<InitiateMultipartUploadResult><UploadId>${upload?.uploadId}</UploadId></InitiateMultipartUploadResult>`;
  if (method === 'GET' && parameters.has('versions')) return '<ListVersionsResult></ListVersionsResult>';
  if (!parameters.has('uploadId')) return undefined;
  if (method === 'GET') return `<ListPartsResult><IsTruncated>false</IsTruncated>${parts}</ListPartsResult>`;
  if (method === 'POST') return '<CompleteMultipartUploadResult><ETag>"e-3"</ETag></CompleteMultipartUploadResult>';
  return method === 'DELETE' ? '' : undefined;
};
