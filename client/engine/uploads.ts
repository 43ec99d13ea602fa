import type { Document } from '../../contract/schemas/document.ts';
import { describeFile } from '../file.ts';
import { trackProgress } from '../progress.ts';
import { type FileSource, sourceOf } from '../source.ts';
import { type Control, createControl, type UploadState } from './control.ts';
import type { Engine } from './engine.ts';
import { runUpload } from './run-upload.ts';
import { Unfinished } from './unfinished.ts';
import type { UploadJob, UploadOptions } from './upload-job.ts';

/** A file on its way. */
export interface UploadHandle {
  /** The document when its outcome is known, as `client.upload` gives it. */
  readonly done: Promise<Document>;
  readonly state: UploadState;
  /** Stops sending; what was finished stays. Files that wait for their turn go on without this one. */
  pause(): void;
  resume(): void;
  /**
   * Gives the upload up: `done` rejects with an `AbortError`, and what went up in parts is removed, by the service within
   * a day where it cannot be told now. What is stored already stays a document.
   */
  cancel(): Promise<void>;
}

/** All uploads of a client. They share its connections, fairly. */
export interface Uploads {
  add(file: Blob | FileSource, options?: UploadOptions): UploadHandle;
  /** Pauses all, those too that are added until `resume`. */
  pause(): void;
  resume(): void;
}

export function createUploads(engine: Engine): Uploads {
  const unfinished = new Unfinished();
  const controls = new Set<Control>();
  let isPaused = false;

  const add = (file: Blob | FileSource, options: UploadOptions = {}): UploadHandle => {
    const control = createControl(options.signal);
    if (isPaused) control.pause();
    controls.add(control);
    const run = runUpload(engine, unfinished, jobOf(engine, file, options, control.onActive), control);
    const done = run.done
      .finally(() => controls.delete(control))
      .then(
        (document) => {
          control.onEnd('done');
          return document;
        },
        (error: unknown) => {
          control.onEnd('failed');
          throw error;
        },
      );
    // Who looks at `state` alone need not listen; nobody else's process ends for it.
    done.catch(() => undefined);
    return {
      done,
      get state() {
        return control.state;
      },
      pause: control.pause,
      resume: control.resume,
      cancel: async () => {
        if (control.state === 'done' || control.state === 'failed') return;
        control.cancel(new DOMException('The upload was cancelled.', 'AbortError'));
        await run.abandon();
      },
    };
  };
  return {
    add,
    pause: () => {
      isPaused = true;
      for (const control of controls) control.pause();
    },
    resume: () => {
      isPaused = false;
      for (const control of controls) control.resume();
    },
  };
}

function jobOf(engine: Engine, file: Blob | FileSource, options: UploadOptions, onActive: () => void): UploadJob {
  const source = file instanceof Blob ? sourceOf(file) : file;
  const report = trackProgress(source.sizeBytes, options.onProgress, engine.timing.now);
  return { file, source, options, description: describeFile(source, options), report, onActive };
}
