import { checksumHeader } from '../../body/checksum.ts';
import { parseExpectations } from '../../body/expectations.ts';
import { receiveBody } from '../../body/receive.ts';
import type { Answer } from '../../http/answer.ts';
import { queryValue } from '../../http/query.ts';
import { Refusal } from '../../refusal.ts';
import type { Part } from '../../store/parts.ts';
import type { Upload } from '../../store/uploads.ts';
import { newEtag } from '../etag.ts';
import { encryptionHeaders } from '../object-headers.ts';
import type { Operation } from '../operation.ts';
import { addressedUpload } from './addressed-upload.ts';
import { keepPart } from './keep-part.ts';
import { parsePartNumber, partSizeBytesMax } from './part-number.ts';
import { checkPartAlgorithm } from './upload-checksum.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart: Operation = {
  name: 'UploadPart',
  method: 'PUT',
  target: 'object',
  subresource: 'uploadId',
  createsObject: false,
  refusedHeaders: ['x-amz-server-side-encryption-customer-algorithm'],
  actions: () => ['s3:PutObject'],
  async handle(call) {
    const number = parsePartNumber(queryValue(call.request.query, 'partNumber') ?? '');
    if (number instanceof Refusal) return number;
    const expected = parseExpectations(call.request.headers, call.identity, partSizeBytesMax);
    if (expected instanceof Refusal) return expected;
    const upload = addressedUpload(call);
    if (upload instanceof Refusal) return upload;
    const mismatch = checkPartAlgorithm(upload.checksum, expected.checksumAlgorithm);
    if (mismatch) return mismatch;

    const blob = call.store.blobs.create(expected.sizeBytes);
    let isKept = false;
    try {
      call.continueBody();
      const body = await receiveBody(call.incoming, expected, blob, upload.checksum.algorithm);
      if (body instanceof Refusal) return body;
      await blob.keep();
      isKept = true;
      const { md5, checksum } = body;
      const lastModified = call.request.receivedAt;
      const part = {
        number,
        blobId: blob.id,
        lastModified,
        sizeBytes: expected.sizeBytes,
        md5: newEtag(md5, upload.attributes.encryption),
        checksum: checksum.value,
      };
      return (await keepPart(call, upload, part)) ?? answerOf(upload, part);
    } finally {
      if (!isKept) await blob.discard();
    }
  },
};

const answerOf = (upload: Upload, part: Part): Answer => ({
  status: 200,
  headers: {
    etag: `"${part.md5}"`,
    ...encryptionHeaders(upload.attributes.encryption),
    [checksumHeader(upload.checksum.algorithm)]: part.checksum,
  },
});
