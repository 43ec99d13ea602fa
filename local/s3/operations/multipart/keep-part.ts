import { Refusal } from '../../refusal.ts';
import type { Part } from '../../store/parts.ts';
import type { Piece } from '../../store/segments.ts';
import type { Upload } from '../../store/uploads.ts';
import type { Call } from '../operation.ts';
import { addressedUpload, noSuchUpload } from './addressed-upload.ts';

/** Puts a part into its upload, which may have ended while the bytes came. `pieces` are its bytes where others have them. */
export async function keepPart(
  call: Call,
  upload: Upload,
  part: Part,
  pieces: readonly Piece[] = [],
): Promise<Refusal | undefined> {
  const { store } = call;
  const outcome = await store.commit(() => {
    if (addressedUpload(call) instanceof Refusal) return { isKept: false, stale: part };
    const stale = store.parts.find(upload.id, part.number);
    store.parts.put(upload.id, part);
    store.segments.join(part.blobId, pieces);
    return { isKept: true, stale };
  });
  if (outcome.stale) await store.blobs.release(outcome.stale.blobId);
  return outcome.isKept ? undefined : noSuchUpload(call);
}
