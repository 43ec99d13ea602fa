import { type MessagePort, parentPort } from 'node:worker_threads';
import { type Hashes, type HashesWanted, startHashes } from './hashes.ts';

/** Of one body: what is to be hashed is in the shared memory, and each request says how many bytes of which slab. */
export interface BodyToHash {
  readonly port: MessagePort;
  readonly slabs: readonly Uint8Array[];
  readonly wanted: HashesWanted;
}

export type HashRequest = { readonly slab: number; readonly sizeBytes: number } | 'digest';
/** To each request in turn, to `digest` with what was wanted. */
export type HashAnswer = Hashes | undefined;

/** The thread that `threaded-hashes.ts` starts. */
parentPort?.on('message', async ({ port, slabs, wanted }: BodyToHash) => {
  const hashes = await startHashes(wanted);
  port.on('message', (request: HashRequest) => {
    if (request !== 'digest') hashes.update(slabs[request.slab]?.subarray(0, request.sizeBytes) ?? Buffer.of());
    const answer: HashAnswer = request === 'digest' ? hashes.digest() : undefined;
    port.postMessage(answer);
  });
});
