import type { Answer } from '../../http/answer.ts';
import { Refusal } from '../../refusal.ts';
import type { Call, Operation } from '../operation.ts';
import { refuseUnknownWriteConditions } from '../write-conditions.ts';
import { addressedUpload, noSuchUpload, uploadIdOf } from './addressed-upload.ts';
import { type NamedPart, parseCompleteDocument } from './complete-document.ts';
import { makeObject } from './make-object.ts';
import { startChecksumOfParts } from './object-of-parts.ts';
import { readCompleteDocument } from './read-complete-document.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUpload: Operation = {
  name: 'CompleteMultipartUpload',
  method: 'POST',
  target: 'object',
  subresource: 'uploadId',
  createsObject: true,
  refusedHeaders: ['x-amz-server-side-encryption-customer-algorithm'],
  actions: ({ headers }) => ['s3:PutObject', ...(headers.has('if-match') ? ['s3:GetObject'] : [])],
  async handle(call) {
    const unknownCondition = refuseUnknownWriteConditions(call.request.headers);
    if (unknownCondition) return unknownCondition;
    const before = call.store.versions.current(call.bucket.name, call.key);
    const document = await readCompleteDocument(call);
    if (document instanceof Refusal) return document;
    const named = parseCompleteDocument(document);
    if (named instanceof Refusal) return named;
    const upload = addressedUpload(call);
    if (upload instanceof Refusal) return answerAgain(call, named);
    const checksumOf = await startChecksumOfParts(upload.checksum);
    const outcome = await call.store.commit(() => makeObject(call, named, checksumOf, before));
    if (outcome instanceof Refusal) return outcome.code === 'NoSuchUpload' ? answerAgain(call, named) : outcome;
    call.wakeDelivery();
    for (const blobId of outcome.staleBlobIds) await call.store.blobs.release(blobId);
    return outcome.answer;
  },
};

/** Who lost the answer may complete again: "CompleteMultipartUpload is idempotent" in S3, for the same parts. */
async function answerAgain(call: Call, named: readonly NamedPart[]): Promise<Answer | Refusal> {
  const { store, bucket, key } = call;
  const parts = JSON.stringify(named);
  const completion = { uploadId: uploadIdOf(call), bucket: bucket.name, key, parts };
  // It may be under way to the disk only, and who is told it counts on the object.
  const answer = await store.commit(() => store.completions.find(completion));
  return answer === undefined ? noSuchUpload(call) : (JSON.parse(answer) as Answer);
}
