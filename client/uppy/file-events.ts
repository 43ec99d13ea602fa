import type { Document } from '../../contract/schemas/document.ts';
import type { UppyLike } from './core.ts';

/** What people are shown. `verifying`: while the service looks at what was stored. Default: `Verifying…`. */
export interface UploadLocale {
  readonly strings?: { readonly verifying?: string };
}

/** What Uppy's core, its Dashboard and applications are told of one file, for as long as Uppy has it. */
export interface FileEvents {
  progressed(bytesUploaded: number, bytesTotal: number): void;
  /** All bytes are stored; what becomes of them is not known yet. */
  sent(document: Document): void;
  /** Who did not send them waits for the outcome. */
  verifying(): void;
  /** The outcome is known, or waited for no longer. */
  ended(document: Document): void;
  failed(error: unknown): void;
}

/** `uploadURL` of a file: its document at the API, as a path behind the API's address. */
export const documentPathOf = ({ id }: Document): string => `/v1/documents/${id}`;

export function createFileEvents(uppy: UppyLike, fileId: string, message = 'Verifying…'): FileEvents {
  const emit = (event: string, ...args: readonly unknown[]) => {
    const file = uppy.getFile(fileId);
    if (file !== undefined) uppy.emit(event, file, ...args);
  };
  const responseOf = (document: Document) => ({
    status: 200,
    uploadURL: documentPathOf(document),
    body: { ...uppy.getFile(fileId)?.response?.body, documentId: document.id, state: document.state },
  });
  const failed = (error: unknown) => {
    const file = uppy.getFile(fileId);
    if (file === undefined) return;
    // To Uppy, complete is what succeeded; and it sends nothing again that is complete.
    uppy.setFileState(fileId, { progress: { ...file.progress, uploadComplete: false, postprocess: undefined } });
    emit('upload-error', error instanceof Error ? error : new Error(String(error)));
  };
  const verifying = () => emit('postprocess-progress', { mode: 'indeterminate', message });
  return {
    progressed: (bytesUploaded, bytesTotal) => {
      const uploadStarted = uppy.getFile(fileId)?.progress.uploadStarted ?? Date.now();
      emit('upload-progress', { uploadStarted, bytesUploaded, bytesTotal });
    },
    sent: (document) => {
      emit('upload-success', responseOf(document));
      verifying();
    },
    verifying,
    ended: (document) => {
      const failure = failureOf(document);
      if (failure !== undefined) return failed(failure);
      if (uppy.getFile(fileId) !== undefined) uppy.setFileState(fileId, { response: responseOf(document) });
      emit('postprocess-complete');
    },
    failed,
  };
}

/** Why nothing came of an upload, in a sentence for the person. */
export function failureOf(document: Document): Error | undefined {
  if (document.rejection !== undefined) return new Error(document.rejection.detail);
  if (document.state !== 'expired') return undefined;
  return new Error('The upload ended before all of the file had arrived. Upload it again.');
}
