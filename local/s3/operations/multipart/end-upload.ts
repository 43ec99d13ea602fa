import type { Part } from '../../store/parts.ts';
import type { Store } from '../../store/store.ts';
import type { Upload } from '../../store/uploads.ts';

/** Forgets an upload, in a transaction of the caller, and gives back the parts whose bytes nobody knows any more. */
export function endUpload(store: Store, { id }: Upload): readonly Part[] {
  const parts = store.parts.list(id, 0, Number.MAX_SAFE_INTEGER);
  store.parts.removeAll(id);
  store.uploads.remove(id);
  return parts;
}
