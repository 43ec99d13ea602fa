import { checksumHeader } from '../../body/checksum.ts';
import { parseExpectations } from '../../body/expectations.ts';
import { receiveBody } from '../../body/receive.ts';
import type { Answer } from '../../http/answer.ts';
import { queryValue } from '../../http/query.ts';
import { Refusal } from '../../refusal.ts';
import type { Part } from '../../store/parts.ts';
import type { Upload } from '../../store/uploads.ts';
import { encryptionHeaders } from '../object-headers.ts';
import type { Call, Operation } from '../operation.ts';
import { addressedUpload, noSuchUpload } from './addressed-upload.ts';
import { parsePartNumber } from './part-number.ts';
import { checkPartAlgorithm } from './upload-checksum.ts';

/** "Amazon S3 multipart upload limits". */
const sizeBytesMax = 5 * 1024 ** 3;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart: Operation = {
  name: 'UploadPart',
  method: 'PUT',
  target: 'object',
  subresource: 'uploadId',
  createsObject: false,
  refusedHeaders: [
    'x-amz-copy-source',
    'x-amz-expected-bucket-owner',
    'x-amz-server-side-encryption-customer-algorithm',
  ],
  actions: () => ['s3:PutObject'],
  async handle(call) {
    const number = parsePartNumber(queryValue(call.request.query, 'partNumber') ?? '');
    if (number instanceof Refusal) return number;
    const expected = parseExpectations(call.request.headers, call.identity, sizeBytesMax);
    if (expected instanceof Refusal) return expected;
    const upload = addressedUpload(call);
    if (upload instanceof Refusal) return upload;
    const mismatch = checkPartAlgorithm(upload.checksum, expected.checksumAlgorithm);
    if (mismatch) return mismatch;

    const blob = await call.store.blobs.create();
    let isKept = false;
    try {
      call.continueBody();
      const body = await receiveBody(call.incoming, expected, blob.write, upload.checksum.algorithm);
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
        md5,
        checksum: checksum.value,
      };
      return await commit(call, upload, part);
    } finally {
      if (!isKept) await blob.discard();
    }
  },
};

/** The upload may have ended while the bytes came. */
async function commit(call: Call, upload: Upload, part: Part): Promise<Answer | Refusal> {
  const { store } = call;
  const outcome = await store.commit(() => {
    if (addressedUpload(call) instanceof Refusal) return { isKept: false, stale: part };
    const stale = store.parts.find(upload.id, part.number);
    store.parts.put(upload.id, part);
    return { isKept: true, stale };
  });
  if (outcome.stale) await store.blobs.release(outcome.stale.blobId);
  if (!outcome.isKept) return noSuchUpload(call);
  const headers = {
    etag: `"${part.md5}"`,
    ...encryptionHeaders(upload.attributes.encryption),
    [checksumHeader(upload.checksum.algorithm)]: part.checksum,
  };
  return { status: 200, headers };
}
