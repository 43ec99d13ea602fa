import { createHash } from 'node:crypto';
import type { StoredPart } from '../../contract/schemas/parts.ts';
import type { CompletionOutcome, MultipartUploads, NewUpload, UploadRef } from '../../lambdas/ports.ts';

export interface MemoryUpload extends NewUpload {
  readonly parts: Map<number, StoredPart>;
}

/** Base64 of the SHA-256 of a text, as a part's checksum. */
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Uploads in parts in memory: `next` is how the next completion ends. */
export const memoryUploads = () => {
  const begun = new Map<string, MemoryUpload>();
  const completed: unknown[] = [];
  let count = 0;
  let next: CompletionOutcome = 'completed';
  const idOf = ({ key, uploadId }: UploadRef): string => `${key}?${uploadId}`;
  const uploads: MultipartUploads = {
    create: async (upload) => {
      const uploadId = `upload-${++count}`;
      begun.set(idOf({ key: upload.key, uploadId }), { ...upload, parts: new Map() });
      return uploadId;
    },
    listParts: async (ref) => {
      const parts = begun.get(idOf(ref))?.parts.values();
      return parts && [...parts].toSorted((one, other) => one.partNumber - other.partNumber);
    },
    complete: async (ref, completion) => {
      const outcome = begun.has(idOf(ref)) ? next : 'gone';
      next = 'completed';
      if (outcome !== 'completed') return outcome;
      begun.delete(idOf(ref));
      completed.push({ ...ref, ...completion });
      return outcome;
    },
    abort: async (ref) => void begun.delete(idOf(ref)),
  };
  return {
    ...uploads,
    begun,
    completed,
    endNext: (outcome: CompletionOutcome) => {
      next = outcome;
    },
    put: (ref: UploadRef, ...parts: StoredPart[]) => {
      for (const part of parts) begun.get(idOf(ref))?.parts.set(part.partNumber, part);
    },
  };
};
