import type { Document } from '../../contract/schemas/document.ts';
import type { Tagged } from '../call.ts';
import { StorageError } from '../errors.ts';
import { refusalOf } from '../file.ts';
import { load } from '../load.ts';
import type { Control } from './control.ts';
import type { Engine } from './engine.ts';
import type { MultipartUpload } from './multipart-upload.ts';
import { type SingleState, sendSingle } from './single-upload.ts';
import type { Unfinished } from './unfinished.ts';
import type { UploadJob } from './upload-job.ts';

/** One file from its beginning to its outcome. */
export interface Run {
  readonly done: Promise<Document>;
  /** Has what was sent of it removed, as far as that can be done now. */
  abandon(): Promise<void>;
}

export function runUpload(engine: Engine, unfinished: Unfinished, job: UploadJob, control: Control): Run {
  let inParts: MultipartUpload | undefined;
  const single: SingleState = { declared: undefined };
  let isGivenUp = false;

  const transfer = async (): Promise<Tagged<Document>> => {
    if (await control.untilEnd((signal) => engine.goesInParts(job.source.sizeBytes, signal))) {
      inParts = await control.untilEnd(async (signal) => {
        const { createMultipartUpload } = await load(engine, signal, () => import('./multipart-upload.ts'));
        return createMultipartUpload(engine, job);
      });
      return control.untilEnd(inParts.send);
    }
    single.declared = await control.untilEnd((signal) => unfinished.take(engine, job, signal));
    return control.untilEnd((signal) => sendSingle(engine, job, single, signal));
  };
  const run = async (): Promise<Document> => {
    control.signal.throwIfAborted();
    const refusal = refusalOf(job.source, job.options);
    if (refusal !== undefined) throw refusal;
    engine.hasher.prepare?.(job.source);
    const sent = await transfer();
    job.report('verifying', 0);
    const { onDocument, onSlow } = job.options;
    const waitMilliseconds = job.options.waitMilliseconds ?? engine.outcomeWaitMilliseconds;
    const document = await control.untilEnd((signal) => {
      job.onActive();
      return engine.waitForOutcome(sent, { signal, waitMilliseconds, onDocument, onSlow });
    });
    await inParts?.forget();
    job.report('verifying', job.source.sizeBytes);
    return document;
  };
  const keepWhatCanGoOn = (error: unknown): never => {
    const isRefused = error instanceof StorageError && !error.retryable;
    if (!isRefused && !isGivenUp && single.declared !== undefined) unfinished.keep(job, single.declared);
    throw error;
  };
  const done = run()
    .catch(keepWhatCanGoOn)
    .finally(() => inParts?.close());
  return {
    done,
    abandon: async () => {
      isGivenUp = true;
      // Nothing is begun any more when this is over, so nothing can be left behind.
      await done.catch(() => undefined);
      await inParts?.abandon();
    },
  };
}
