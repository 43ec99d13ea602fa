import type { Document } from '../../contract/schemas/document.ts';
import type { Metadata } from '../../contract/schemas/metadata.ts';
import type { UploadOptions } from '../engine/upload-job.ts';
import type { UploadHandle, Uploads } from '../engine/uploads.ts';
import type { UploadProgress } from '../progress.ts';
import { blobOf, type UppyFileLike } from './core.ts';
import type { FileEvents } from './file-events.ts';

/** One file of Uppy's on its way. */
export interface FileUpload {
  /** All bytes are stored, or nothing more will be sent. Never rejects: what went wrong, Uppy was told. */
  readonly sent: Promise<void>;
  /** Nothing more will become of it. */
  readonly ended: Promise<void>;
  pause(): void;
  resume(): void;
  cancel(): Promise<void>;
}

export interface FileUploadOptions extends Pick<UploadOptions, 'integrity'> {
  readonly metadata: Metadata | undefined;
  /** Stops it where it is. */
  readonly signal: AbortSignal;
}

export function startFileUpload(
  uploads: Uploads,
  file: UppyFileLike,
  options: FileUploadOptions,
  events: FileEvents,
): FileUpload {
  let stopWaiting: () => void = () => undefined;
  const sent = new Promise<void>((resolve) => {
    stopWaiting = resolve;
  });
  let document: Document | undefined;
  let isSent = false;
  // A file may be added again while an earlier upload of it still comes to its end.
  let isCancelled = false;
  const tellSent = () => {
    if (isSent || isCancelled || document === undefined) return;
    isSent = true;
    events.sent(document);
    stopWaiting();
  };
  const onProgress = ({ phase, bytesDone, bytesTotal }: UploadProgress) => {
    if (phase === 'uploading' && !isCancelled) events.progressed(bytesDone, bytesTotal);
    if (phase === 'verifying') tellSent();
  };
  const handle = uploads.add(blobOf(file), {
    ...options,
    fileName: file.name ?? '',
    ...(file.type !== '' && { mediaType: file.type }),
    onProgress,
    onDocument: (seen) => {
      document = seen;
    },
  });
  if (file.isPaused) handle.pause();

  const ended = outcomeOf(handle).then(({ outcome, error }) => {
    stopWaiting();
    if (isCancelled) return;
    if (outcome !== undefined) {
      document = outcome;
      tellSent();
      events.ended(outcome);
    } else if (!options.signal.aborted) events.failed(error);
  });
  return {
    sent,
    ended,
    // What is stored needs no pause, and Uppy counts it as done.
    pause: () => isSent || handle.pause(),
    resume: () => handle.resume(),
    cancel: () => {
      isCancelled = true;
      stopWaiting();
      return handle.cancel();
    },
  };
}

const outcomeOf = async ({ done }: UploadHandle): Promise<{ outcome?: Document; error?: unknown }> => {
  try {
    return { outcome: await done };
  } catch (error) {
    return { error };
  }
};
