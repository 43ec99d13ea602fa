import type { DeleteMarker, ObjectContent } from './object-version.ts';
import type { Store } from './store.ts';

/** Removes the bytes of a version that is gone, unless others need them; see `release` of the blobs. */
export async function releaseBlob(
  { blobs }: Pick<Store, 'blobs'>,
  gone: ObjectContent | DeleteMarker | undefined,
): Promise<void> {
  if (gone !== undefined && 'blobId' in gone) await blobs.release(gone.blobId);
}
