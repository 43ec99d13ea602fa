import { type ChecksumAlgorithm, checksumElement } from '../../body/checksum.ts';
import { digestOf } from '../../body/digest.ts';
import { type Answer, xmlAnswer } from '../../http/answer.ts';
import { queryValue } from '../../http/query.ts';
import { Refusal } from '../../refusal.ts';
import { newBlobId } from '../../store/blob-id.ts';
import type { ObjectVersion } from '../../store/object-version.ts';
import type { Part } from '../../store/parts.ts';
import type { Upload } from '../../store/uploads.ts';
import { element, xmlDocument } from '../../xml.ts';
import type { ByteRange } from '../byte-range.ts';
import { copySourceHeaders, findCopySource, parseCopySource } from '../copy-source.ts';
import { newEtag } from '../etag.ts';
import { encryptionHeaders } from '../object-headers.ts';
import type { Call, Operation } from '../operation.ts';
import { addressedUpload } from './addressed-upload.ts';
import { parseCopyRange } from './copy-range.ts';
import { keepPart } from './keep-part.ts';
import { parsePartNumber } from './part-number.ts';
import { uploadPart } from './upload-part.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html. The part shares the bytes of its source. */
export const uploadPartCopy: Operation = {
  ...uploadPart,
  name: 'UploadPartCopy',
  header: 'x-amz-copy-source',
  refusedHeaders: [...(uploadPart.refusedHeaders ?? []), 'x-amz-copy-source-server-side-encryption-customer-algorithm'],
  async handle(call) {
    const number = parsePartNumber(queryValue(call.request.query, 'partNumber') ?? '');
    if (number instanceof Refusal) return number;
    const upload = addressedUpload(call);
    if (upload instanceof Refusal) return upload;
    const name = parseCopySource(call.request);
    if (name instanceof Refusal) return name;
    const source = findCopySource(call, name);
    if (source instanceof Refusal) return source;
    const range = parseCopyRange(call.request.headers, source.sizeBytes);
    if (range instanceof Refusal) return range;

    const held = call.store.blobs.hold(source.blobId);
    try {
      const part = await copyPart(call, upload, { number, source, range });
      if (part instanceof Refusal) return part;
      const { status, headers, body = '' } = copyResult(part, upload.checksum.algorithm);
      const { encryption } = upload.attributes;
      return {
        status,
        headers: { ...headers, ...copySourceHeaders(name, source), ...encryptionHeaders(encryption) },
        body,
      };
    } finally {
      await held.letGo();
    }
  },
};

interface CopiedPart {
  readonly number: number;
  readonly source: ObjectVersion;
  readonly range: ByteRange;
}

/** Reads the bytes only to tell their ETag and checksum. */
async function copyPart(
  call: Call,
  upload: Upload,
  { number, source, range: { first, last } }: CopiedPart,
): Promise<Part | Refusal> {
  const { blobs, segments } = call.store;
  const { md5, checksum } = await digestOf(await blobs.read(source.blobId, first, last), upload.checksum.algorithm);
  const part = {
    number,
    blobId: newBlobId(),
    lastModified: call.request.receivedAt,
    sizeBytes: last - first + 1,
    md5: newEtag(md5, upload.attributes.encryption),
    checksum: checksum.value,
  };
  return (await keepPart(call, upload, part, segments.pieces(source.blobId, first, last))) ?? part;
}

const copyResult = (part: Part, algorithm: ChecksumAlgorithm): Answer =>
  xmlAnswer(
    xmlDocument(
      'CopyPartResult',
      element('LastModified', part.lastModified.toISOString()),
      element('ETag', `"${part.md5}"`),
      element(checksumElement(algorithm), part.checksum),
    ),
  );
