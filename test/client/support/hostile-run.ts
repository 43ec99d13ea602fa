import { expect } from 'vitest';
import { memoryResumeStore } from '../../../client/engine/resume-store.ts';
import type { Uploads } from '../../../client/engine/uploads.ts';
import { ProblemError, SealdropError } from '../../../client/index.ts';
import type { FileSource } from '../../../client/source.ts';
import type { Document } from '../../../contract/schemas/document.ts';
import { sourceOfBytes } from './fake-hasher.ts';
import { uploadsTo } from './hostile-client.ts';
import type { HostileService } from './hostile-service.ts';

export interface Plan {
  readonly sizes: readonly number[];
  readonly integrity: 'sha256' | 'crc64nvme';
  /** Small files by forms. */
  readonly prefersForms: boolean;
  /** What the person does meanwhile, and when. */
  readonly acts: readonly { readonly act: 'pause' | 'reload'; readonly atMilliseconds: number }[];
}

export interface Outcome {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly result: Document | SealdropError;
  /** How often the page was loaded anew while it was on its way. */
  readonly reloads: number;
  /** How often the person had to start it. */
  readonly tries: number;
}

/** How often a person tries again what may work the next time. */
const triesMax = 30;

const bytesOf = (name: string, sizeBytes: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: sizeBytes }, (_, index) => (name.length * 7 + index * 13 + (index >> 4)) % 256);

/** A person who uploads files, tries again what failed, pauses, and loads the page anew. */
export async function uploadAll(service: HostileService, plan: Plan): Promise<readonly Outcome[]> {
  const resumeStore = memoryResumeStore();
  let page = {
    uploads: uploadsTo(service, resumeStore, { prefersForms: plan.prefersForms }),
    closed: new AbortController(),
  };
  let reloads = 0;
  const acts = plan.acts.map(async ({ act, atMilliseconds }) => {
    await service.time.sleep(atMilliseconds, undefined);
    if (act === 'pause') return pauseFor(service, page.uploads, 10_000);
    const { closed } = page;
    page = {
      uploads: uploadsTo(service, resumeStore, { prefersForms: plan.prefersForms }),
      closed: new AbortController(),
    };
    reloads += 1;
    closed.abort(new Error('The page is gone.'));
  });
  const upload = async (sizeBytes: number, index: number): Promise<Outcome> => {
    const name = `${'report'.repeat(index + 1)}.pdf`;
    const bytes = bytesOf(name, sizeBytes);
    let source = sourceOfBytes(bytes, name);
    for (let tries = 1; ; tries += 1) {
      const { uploads, closed } = page;
      const result = await once(uploads, source, plan, closed.signal);
      // Another page has another object for the same file.
      if (result === closed.signal.reason) source = sourceOfBytes(bytes, name);
      else if (!(result instanceof Error) || tries >= triesMax || !isWorthIt(result))
        return { name, bytes, result: result as Document | SealdropError, reloads, tries };
    }
  };
  const outcomes = await service.time.run(Promise.all(plan.sizes.map(upload)));
  await service.time.run(Promise.all(acts));
  return outcomes;
}

const isWorthIt = (error: Error): boolean =>
  (error instanceof SealdropError && error.retryable) || (error instanceof ProblemError && error.status === 401);

async function pauseFor({ time }: HostileService, uploads: Uploads, milliseconds: number): Promise<void> {
  uploads.pause();
  await time.sleep(milliseconds, undefined);
  uploads.resume();
}

/** One go, with progress that never goes back. */
async function once(
  uploads: Uploads,
  source: FileSource,
  { integrity }: Plan,
  signal: AbortSignal,
): Promise<Document | Error> {
  let fraction = 0;
  const handle = uploads.add(source, {
    integrity,
    signal,
    onProgress: (progress) => {
      expect(progress.fraction).toBeGreaterThanOrEqual(fraction);
      expect(progress.bytesDone).toBeLessThanOrEqual(progress.bytesTotal);
      fraction = progress.fraction;
    },
  });
  try {
    const document = await handle.done;
    expect([handle.state, fraction]).toEqual(['done', 1]);
    return document;
  } catch (error) {
    expect(handle.state).toBe(signal.aborted ? 'cancelled' : 'failed');
    if (error !== signal.reason && !(error instanceof SealdropError)) throw error;
    return error as Error;
  }
}
