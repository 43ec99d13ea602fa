import { createHash } from 'node:crypto';
import { type MessagePort, parentPort } from 'node:worker_threads';

/** Of one body: what is to be hashed is in the shared memory, and each message says how many bytes of which slab. */
export interface BodyToHash {
  readonly port: MessagePort;
  readonly slabs: readonly Uint8Array[];
}

export type Md5Request =
  | { readonly kind: 'update'; readonly slab: number; readonly sizeBytes: number }
  | { readonly kind: 'digest' };

/** The thread that `md5.ts` starts. Each request is answered in turn, `digest` with the MD5 in hexadecimal. */
parentPort?.on('message', ({ port, slabs }: BodyToHash) => {
  const md5 = createHash('md5');
  port.on('message', (request: Md5Request) => {
    if (request.kind === 'digest') return port.postMessage(md5.digest('hex'));
    md5.update(slabs[request.slab]?.subarray(0, request.sizeBytes) ?? Buffer.of());
    port.postMessage('');
  });
});
