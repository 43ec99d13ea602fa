import type { CallTagged } from '../call.ts';
import { list, type PartsUpload } from './parts-upload.ts';

/**
 * Finds out what became of a part whose answer did not arrive, so that none is sent again that S3 holds: resolves when S3
 * was asked since that part was last in doubt. One call tells of all that are at the time.
 */
export type Settle = (partNumber: number) => Promise<void>;

export function settling(callTagged: CallTagged, upload: PartsUpload, signal: AbortSignal): Settle {
  const { documentId, inDoubt } = upload;
  let asking: Promise<void> | undefined;

  const ask = async (): Promise<void> => {
    const asked = [...inDoubt];
    try {
      list(upload, (await callTagged('listParts', { params: { documentId }, signal })).value.parts);
      for (const partNumber of asked) inDoubt.delete(partNumber);
    } finally {
      asking = undefined;
    }
  };
  return async (partNumber) => {
    while (inDoubt.has(partNumber)) {
      asking ??= ask();
      await asking;
    }
  };
}
