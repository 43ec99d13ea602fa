import { Refusal } from '../../refusal.ts';
import type { Operation } from '../operation.ts';
import { addressedUpload } from './addressed-upload.ts';
import { endUpload } from './end-upload.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload: Operation = {
  name: 'AbortMultipartUpload',
  method: 'DELETE',
  target: 'object',
  subresource: 'uploadId',
  refusedHeaders: ['x-amz-if-match-initiated-time'],
  actions: () => ['s3:AbortMultipartUpload'],
  async handle(call) {
    const { store } = call;
    const outcome = await store.commit(() => {
      const upload = addressedUpload(call);
      return upload instanceof Refusal ? upload : endUpload(store, upload);
    });
    if (outcome instanceof Refusal) return outcome;
    for (const { blobId } of outcome) await store.blobs.release(blobId);
    return { status: 204, headers: {} };
  },
};
