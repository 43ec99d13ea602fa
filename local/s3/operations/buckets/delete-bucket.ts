import { Refusal } from '../../refusal.ts';
import { endUpload } from '../multipart/end-upload.ts';
import type { Call, Operation } from '../operation.ts';

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html. "All objects (including all object versions and
 * delete markers) in the bucket must be deleted before"; uploads under way are not objects, and go with it.
 */
export const deleteBucket: Operation = {
  name: 'DeleteBucket',
  method: 'DELETE',
  target: 'bucket',
  actions: () => ['s3:DeleteBucket'],
  async handle(call) {
    const { buckets, bucket, store } = call;
    let blobIds: readonly string[] = [];
    const isRemoved = await buckets.remove(bucket.name, () => {
      if (!isEmpty(call)) return false;
      blobIds = endUploads(call);
      return true;
    });
    if (!isRemoved) return new Refusal('BucketNotEmpty', undefined, { BucketName: bucket.name });
    for (const blobId of blobIds) await store.blobs.release(blobId);
    return { status: 204, headers: {} };
  },
};

const everything = ({ bucket }: Call, limit: number) => ({ bucket: bucket.name, prefix: '', delimiter: '', limit });

const isEmpty = (call: Call): boolean =>
  call.store.listings.versions(everything(call, 1), '', Number.MAX_SAFE_INTEGER).entries.length === 0;

function endUploads(call: Call): readonly string[] {
  const page = everything(call, Number.MAX_SAFE_INTEGER);
  const { entries } = call.store.uploads.list(page, '', 0);
  return entries.flatMap((entry) =>
    'item' in entry ? endUpload(call.store, entry.item).map(({ blobId }) => blobId) : [],
  );
}
