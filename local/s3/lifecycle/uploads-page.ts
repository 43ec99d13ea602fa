import type { BucketConfiguration } from '../configuration.ts';
import { endUpload } from '../operations/multipart/end-upload.ts';
import type { Store } from '../store/store.ts';
import { abortDeadline } from './expiration-headers.ts';
import { type PageOutcome, pageSize } from './page-outcome.ts';

/** The upload that was looked at last. */
export interface UploadsPlace {
  readonly key: string;
  readonly sequence: number;
}

export const uploadsStart: UploadsPlace = { key: '', sequence: 0 };

/** Aborts, in a transaction of the caller, those of the next uploads whose time is over. */
export function runUploadsPage(
  store: Store,
  bucket: BucketConfiguration,
  now: Date,
  { key, sequence }: UploadsPlace,
): PageOutcome<UploadsPlace> {
  const page = { bucket: bucket.name, prefix: '', delimiter: '', limit: pageSize };
  const { entries, isTruncated } = store.uploads.list(page, key, sequence);
  const uploads = entries.flatMap((entry) => ('item' in entry ? [entry.item] : []));
  const parts = uploads.flatMap((upload) => {
    const deadline = abortDeadline(bucket, upload);
    return deadline !== undefined && deadline.at <= now ? endUpload(store, upload) : [];
  });
  return { next: isTruncated ? uploads.at(-1) : undefined, staleBlobIds: parts.map(({ blobId }) => blobId) };
}
