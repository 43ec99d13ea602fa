import type { ChecksumAlgorithm } from '../../contract/checksums.ts';
import { onceAborted } from '../engine/signals.ts';
import type { FileSource } from '../source.ts';
import { type HashedPart, hashRange } from './hash-range.ts';
import { startHash } from './start-hash.ts';

export interface PartHasher {
  /**
   * Reads the bytes from `start` up to but without `end` once and hashes them; any number of parts at a time. Rejects with
   * a `FileError` where they cannot be read, a `HashingError` where the worker died (ask again), the signal's reason.
   */
  hash(
    source: FileSource,
    start: number,
    end: number,
    algorithm: ChecksumAlgorithm,
    signal: AbortSignal,
  ): Promise<HashedPart>;
  /** Gets ready what hashing this file takes, while there is other work to wait for. Never needed. */
  prepare?(source: FileSource): void;
  /** Ends the worker, and with it what is being hashed. */
  close(): void;
}

export interface PartHasherOptions {
  /**
   * Makes the worker of `client/hash/hash-worker.ts`, for bundlers that do not see it by themselves. Default: a module
   * worker where there are workers. Where none can start (content security policy, old browsers), and in Node, hashing
   * is done where the caller is: SHA-256 off the thread by WebCrypto all the same.
   */
  readonly worker?: (() => Worker) | undefined;
}

/** Up to this size a worker costs more than it saves: SHA-256 takes a millisecond of the page's thread at most. */
const hereSizeBytesMax = 1024 ** 2;

/** A page to which that does not come hashes by itself from then on. */
const loadTimeoutMilliseconds = 10_000;

const here: PartHasher = {
  hash: (source, start, end, algorithm, signal) => hashRange(source, { start, end }, algorithm, signal, startHash),
  close: () => undefined,
};

const moduleWorker = (): Worker => new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });

const orAborted = <Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> =>
  new Promise((resolve, reject) => {
    const forget = onceAborted(signal, () => reject(signal.reason));
    void promise.then(resolve, reject).finally(forget);
  });

export function createPartHasher({ worker }: PartHasherOptions = {}): PartHasher {
  if (worker === undefined && typeof Worker === 'undefined') return here;
  let loading: Promise<PartHasher> | undefined;
  let closing = new AbortController();
  const load = async (): Promise<PartHasher> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<PartHasher>((resolve) => {
      timer = setTimeout(() => resolve(here), loadTimeoutMilliseconds);
    });
    const made = import('./worker-hasher.ts').then(
      ({ WorkerHasher }) => new WorkerHasher(worker ?? moduleWorker, here),
      // Nothing is lost by hashing here, and the next part tries again.
      () => {
        loading = undefined;
        return here;
      },
    );
    const first = await Promise.race([made, late]);
    clearTimeout(timer);
    return first;
  };
  const byWorker = (): Promise<PartHasher> => {
    loading ??= load();
    return loading;
  };
  return {
    hash: async (source, start, end, algorithm, signal) => {
      const isQuick = end - start <= hereSizeBytesMax && algorithm === 'SHA256';
      const hasher = isQuick ? here : await orAborted(byWorker(), AbortSignal.any([signal, closing.signal]));
      return hasher.hash(source, start, end, algorithm, signal);
    },
    prepare: (source) => {
      if (source.sizeBytes > hereSizeBytesMax) void byWorker().then((hasher) => hasher.prepare?.(source));
    },
    close: () => {
      closing.abort(new DOMException('The hasher was closed.', 'AbortError'));
      closing = new AbortController();
      void loading?.then((hasher) => hasher.close());
    },
  };
}
