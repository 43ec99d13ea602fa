import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import { HashingError } from '../errors.ts';
import { type FileSource, unreadable } from '../source.ts';
import type { HashedPart } from './hash-range.ts';
import type { PartHasher } from './part-hasher.ts';
import type { FromWorker, ToHash, ToWorker } from './worker-messages.ts';

/** A worker that says nothing for so long is not waited for: its script did not come. */
const startTimeoutMilliseconds = 10_000;

interface Job {
  readonly resolve: (part: HashedPart | Promise<HashedPart>) => void;
  readonly reject: (reason: unknown) => void;
  /** The same without a worker. */
  readonly here: () => Promise<HashedPart>;
}

type SentFile = Pick<ToHash, 'fileId' | 'blob'>;

/** Hashes in one worker, which reads files itself and hands over the buffer of what is small, so that nothing is copied. */
export class WorkerHasher implements PartHasher {
  readonly #make: () => Worker;
  readonly #here: PartHasher;
  readonly #jobs = new Map<number, Job>();
  readonly #files = new WeakMap<FileSource, SentFile>();
  #worker: Worker | undefined;
  #startTimer: ReturnType<typeof setTimeout> | undefined;
  #isReady = false;
  #cannotStart = false;
  #lastId = 0;

  constructor(make: () => Worker, here: PartHasher) {
    this.#make = make;
    this.#here = here;
  }

  async hash(source: FileSource, start: number, end: number, algorithm: ChecksumAlgorithm, signal: AbortSignal) {
    signal.throwIfAborted();
    const here = () => this.#here.hash(source, start, end, algorithm, signal);
    const file = this.#fileOf(source);
    const worker = file && this.#started();
    if (file === undefined || worker === undefined) return here();
    const id = this.#nextId();
    return new Promise<HashedPart>((resolve, reject) => {
      const stop = () => {
        this.#jobs.delete(id);
        worker.postMessage({ kind: 'abort', id } satisfies ToWorker);
        reject(signal.reason);
      };
      const forget = () => signal.removeEventListener('abort', stop);
      signal.addEventListener('abort', stop, { once: true });
      this.#jobs.set(id, {
        resolve: (part) => {
          forget();
          resolve(part);
        },
        reject: (reason) => {
          forget();
          reject(reason);
        },
        here,
      });
      worker.postMessage({ kind: 'hash', id, ...file, start, end, algorithm } satisfies ToWorker);
    });
  }

  prepare({ slice }: FileSource): void {
    if (slice !== undefined) this.#started();
  }

  close(): void {
    this.#stop();
    for (const job of this.#takeJobs()) job.reject(new DOMException('The hasher was closed.', 'AbortError'));
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #fileOf(source: FileSource): SentFile | undefined {
    const known = this.#files.get(source);
    if (known !== undefined || source.slice === undefined) return known;
    const file = { fileId: this.#nextId(), blob: source.slice(0, source.sizeBytes) };
    this.#files.set(source, file);
    return file;
  }

  #started(): Worker | undefined {
    if (this.#cannotStart) return undefined;
    this.#worker ??= this.#start();
    return this.#worker;
  }

  #start(): Worker | undefined {
    try {
      const worker = this.#make();
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#take(data);
      worker.onmessageerror = () => this.#fail();
      worker.onerror = (event) => {
        event.preventDefault();
        this.#fail();
      };
      this.#startTimer = setTimeout(() => this.#fail(), startTimeoutMilliseconds);
      return worker;
    } catch {
      // SecurityError: the page's policy allows no worker, and never will.
      this.#cannotStart = true;
      return undefined;
    }
  }

  #take(message: FromWorker): void {
    if (message.kind === 'ready') {
      clearTimeout(this.#startTimer);
      this.#isReady = true;
      return;
    }
    const job = this.#jobs.get(message.id);
    this.#jobs.delete(message.id);
    if (message.kind === 'hashed') job?.resolve(message.part);
    else job?.reject(message.kind === 'unreadable' ? unreadable() : new Error(message.message));
  }

  /** One that never ran is not tried again, and its work is done here; one that did is replaced by the next part's. */
  #fail(): void {
    const wasReady = this.#isReady;
    this.#stop();
    if (!wasReady) this.#cannotStart = true;
    for (const job of this.#takeJobs()) {
      if (wasReady) job.reject(new HashingError());
      else job.resolve(job.here());
    }
  }

  #stop(): void {
    clearTimeout(this.#startTimer);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isReady = false;
  }

  #takeJobs(): Job[] {
    const jobs = [...this.#jobs.values()];
    this.#jobs.clear();
    return jobs;
  }
}
