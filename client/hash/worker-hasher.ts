import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import { HashingError } from '../errors.ts';
import { type FileSource, unreadable } from '../source.ts';
import type { HashedPart } from './hash-range.ts';
import type { PartHasher } from './part-hasher.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** A worker that says nothing for so long is not waited for: its script did not come. */
const startTimeoutMilliseconds = 10_000;

/** Up to this size a worker costs more than it saves: SHA-256 takes a millisecond of the page's thread at most. */
const hereSizeBytesMax = 1024 ** 2;

interface Job {
  readonly resolve: (part: HashedPart | Promise<HashedPart>) => void;
  readonly reject: (reason: unknown) => void;
  /** The same without a worker. */
  readonly here: () => Promise<HashedPart>;
}

/**
 * Hashes in a worker, which reads the slice of the file itself and hands its buffer over, so that each part is read once
 * and nothing is copied. One worker is enough: SHA-256 runs in the browser's own threads, CRC64NVME outruns any network.
 */
export class WorkerHasher implements PartHasher {
  readonly #make: () => Worker;
  readonly #here: PartHasher;
  readonly #jobs = new Map<number, Job>();
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
    const isQuick = end - start <= hereSizeBytesMax && algorithm === 'SHA256';
    const worker = source.slice === undefined || isQuick ? undefined : this.#started();
    const blob = worker && source.slice?.(start, end);
    if (blob === undefined || worker === undefined) return here();
    this.#lastId += 1;
    const id = this.#lastId;
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
      worker.postMessage({ kind: 'hash', id, blob, algorithm } satisfies ToWorker);
    });
  }

  close(): void {
    this.#stop();
    for (const job of this.#takeJobs()) job.reject(new DOMException('The hasher was closed.', 'AbortError'));
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
