import { type MessagePort, parentPort } from 'node:worker_threads';
import { writeAll } from '../store/write-all.ts';
import { type Hashes, type HashesWanted, startHashes } from './hashes.ts';

/** Of one body: its bytes are in the shared memory, and each request says how many of which slab. */
export interface BodyToHash {
  readonly port: MessagePort;
  readonly slabs: readonly Uint8Array[];
  readonly wanted: HashesWanted;
}

/** What to do with the bytes of a slab besides hashing them. */
export interface WriteTo {
  readonly fd: number;
  readonly position: number;
}

export type HashRequest =
  | { readonly slab: number; readonly sizeBytes: number; readonly writeTo?: WriteTo | undefined }
  | 'digest';

/** To each request in turn: the hashes to `digest`, why it failed where it did. */
export interface HashAnswer {
  readonly hashes?: Hashes;
  readonly failure?: unknown;
}

/** The thread that `threaded-hashes.ts` starts. */
parentPort?.on('message', async ({ port, slabs, wanted }: BodyToHash) => {
  const hashes = await startHashes(wanted);
  const answerTo = (request: HashRequest): HashAnswer => {
    if (request === 'digest') return { hashes: hashes.digest() };
    const bytes = slabs[request.slab]?.subarray(0, request.sizeBytes) ?? Buffer.of();
    hashes.update(bytes);
    const { writeTo } = request;
    if (writeTo !== undefined) writeAll(writeTo.fd, bytes, writeTo.position);
    return {};
  };
  port.on('message', (request: HashRequest) => {
    try {
      port.postMessage(answerTo(request));
    } catch (failure) {
      port.postMessage({ failure } satisfies HashAnswer);
    }
  });
});
