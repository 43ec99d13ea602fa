import { randomUUID } from 'node:crypto';
import type { UploadHandle, UploadOptions, UploadState, Uploads } from '../../../../client/index.ts';
import type { Document } from '../../../../contract/schemas/document.ts';

/** One file that was added to the engine; the test says how it goes on. */
export interface FakeUpload {
  readonly file: Blob;
  readonly options: UploadOptions;
  readonly document: Document;
  state: UploadState;
  progress(bytesDone: number): void;
  verifying(): void;
  end(outcome: Partial<Document>): void;
  fail(error: Error): void;
}

/** The engine's side of `client.uploads`, without anything behind it. */
export function fakeUploads(): { readonly uploads: Uploads; readonly added: FakeUpload[] } {
  const added: FakeUpload[] = [];
  const add = (file: Blob, options: UploadOptions = {}): UploadHandle => {
    const { promise: done, resolve, reject } = Promise.withResolvers<Document>();
    done.catch(() => undefined);
    const bytesTotal = file.size;
    const document = documentOf(options, bytesTotal);
    const report = (phase: 'uploading' | 'verifying', bytesDone: number) =>
      options.onProgress?.({ phase, fraction: bytesDone / bytesTotal, bytesDone, bytesTotal });
    const upload: FakeUpload = {
      file,
      options,
      document,
      state: 'active',
      progress: (bytesDone) => {
        options.onDocument?.(document);
        report('uploading', bytesDone);
      },
      verifying: () => report('verifying', 0),
      end: (outcome) => {
        upload.state = 'done';
        resolve({ ...document, ...outcome });
      },
      fail: (error) => {
        upload.state = 'failed';
        reject(error);
      },
    };
    added.push(upload);
    options.signal?.addEventListener('abort', () => reject(options.signal?.reason));
    return {
      done,
      get state() {
        return upload.state;
      },
      pause: () => {
        upload.state = 'paused';
      },
      resume: () => {
        if (upload.state === 'paused') upload.state = 'active';
      },
      cancel: async () => {
        upload.state = 'cancelled';
        reject(new DOMException('The upload was cancelled.', 'AbortError'));
      },
    };
  };
  const uploads: Uploads = { add: add as Uploads['add'], pause: () => undefined, resume: () => undefined };
  return { uploads, added };
}

const documentOf = ({ fileName = '', mediaType = '' }: UploadOptions, sizeBytes: number): Document => {
  const at = '2026-01-01T00:00:00.000Z';
  const times = { createdAt: at, updatedAt: at, uploadExpiresAt: at };
  const counts = { revision: 1, metadataRevision: 0 };
  return { id: randomUUID(), ...counts, state: 'pending', fileName, mediaType, sizeBytes, uploadedBy: 'me', ...times };
};
