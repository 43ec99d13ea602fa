import type { Engine } from './engine.ts';
import { fingerprintOf, subjectOf } from './fingerprint.ts';
import { defaultResumeStore } from './indexed-db.ts';
import { type ResumeEntry, type ResumeStore, resumableMilliseconds } from './resume-store.ts';
import type { UploadJob } from './upload-job.ts';

/** A file whose upload can be gone on with after a reload, held against other pages. */
export interface Claim {
  /** What was begun with it before and is not over. */
  entry(): Promise<ResumeEntry | undefined>;
  keep(documentId: string): Promise<void>;
  drop(): Promise<void>;
  release(): void;
}

/** Of who comes second: an upload of their own that nobody goes on with, for the first one may never end. */
const nobodys: Claim = {
  entry: async () => undefined,
  keep: async () => undefined,
  drop: async () => undefined,
  release: () => undefined,
};

/** Made by the first upload that needs one, and the same for all of a client. */
const stores = new WeakMap<Engine, ResumeStore>();

function storeOf(engine: Engine): ResumeStore {
  const store = stores.get(engine) ?? engine.resumeStore ?? defaultResumeStore(engine.timing.now);
  stores.set(engine, store);
  return store;
}

export async function claimFile(engine: Engine, job: UploadJob, signal: AbortSignal): Promise<Claim> {
  const { hasher, baseUrl, token, timing } = engine;
  const { source, options, description } = job;
  const words = [baseUrl, subjectOf(await token()), description, options.metadata, options.integrity ?? 'sha256'];
  const fingerprint = await fingerprintOf(hasher, source, words, signal);
  const resumeStore = storeOf(engine);
  const release = await resumeStore.claim(fingerprint);
  if (release === undefined) return nobodys;
  return {
    entry: async () => {
      const entry = await resumeStore.get(fingerprint);
      if (entry === undefined || timing.now() - entry.begunAt <= resumableMilliseconds) return entry;
      await resumeStore.remove(fingerprint);
      return undefined;
    },
    keep: (documentId) => resumeStore.put(fingerprint, { documentId, begunAt: timing.now() }),
    drop: () => resumeStore.remove(fingerprint),
    release,
  };
}
