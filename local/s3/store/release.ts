import type { DeleteMarker, ObjectContent } from './object-version.ts';
import type { Store } from './store.ts';

/**
 * Removes the bytes of a version that is gone, unless a copy still shares them. To be called after the transaction that
 * took the version away: a copy finds its source and adds itself in one transaction, so once no version has the blob
 * none will.
 */
export async function releaseBlob(
  { versions, blobs }: Pick<Store, 'versions' | 'blobs'>,
  gone: ObjectContent | DeleteMarker | undefined,
): Promise<void> {
  if (gone !== undefined && 'blobId' in gone && !versions.isReferenced(gone.blobId)) await blobs.remove(gone.blobId);
}
