import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { BodyToHash, HashAnswer, HashRequest, WriteTo } from './hash-thread.ts';
import type { Hashes, HashesWanted } from './hashes.ts';

/** Hashes of a body whose bytes are put into shared memory, a slab at a time. */
export interface ThreadedHashes extends Disposable {
  /** Resolves when the slab may be filled again. Rejects where it could not be written. */
  update(slab: number, sizeBytes: number, writeTo?: WriteTo): Promise<void>;
  digest(): Promise<Hashes>;
}

/** Hashing takes longer than all else that is done with a large body, so it has a thread of its own, which writes too. */
export function startThreadedHashes(wanted: HashesWanted, slabs: readonly Uint8Array[]): ThreadedHashes {
  const { port1: port, port2 } = new MessageChannel();
  const body: BodyToHash = { port: port2, slabs, wanted };
  hashThread().postMessage(body, [port2]);
  const ask = startAsking(port);
  return {
    update: async (slab, sizeBytes, writeTo) => void (await ask({ slab, sizeBytes, writeTo })),
    digest: async () => {
      const { hashes } = await ask('digest');
      if (hashes === undefined) throw new Error('The thread that hashes lost count.');
      return hashes;
    },
    [Symbol.dispose]: () => port.close(),
  };
}

/** Answers come in the order of the requests. None comes any more once the port is closed, as it is with its thread. */
function startAsking(port: MessagePort): (request: HashRequest) => Promise<HashAnswer> {
  const waiting: PromiseWithResolvers<HashAnswer>[] = [];
  let isClosed = false;
  const ended = (): Error => new Error('The thread that hashes bodies has ended.');
  port.on('message', (answer: HashAnswer) => {
    const asked = waiting.shift();
    if ('failure' in answer) asked?.reject(answer.failure);
    else asked?.resolve(answer);
  });
  port.on('close', () => {
    isClosed = true;
    for (const { reject } of waiting.splice(0)) reject(ended());
  });
  return (request) => {
    const answer = Promise.withResolvers<HashAnswer>();
    // Whoever gives up on the body awaits it no more.
    answer.promise.catch(() => undefined);
    if (isClosed) answer.reject(ended());
    else waiting.push(answer);
    port.postMessage(request);
    return answer.promise;
  };
}

let running: Worker | undefined;

/** One for all bodies, from the first large one on. It keeps no process from ending. */
function hashThread(): Worker {
  if (running !== undefined) return running;
  const started = new Worker(new URL('./hash-thread.ts', import.meta.url), { execArgv: [] });
  started.unref();
  started.on('error', (error) => console.error('The thread that hashes bodies failed', error));
  started.on('exit', () => {
    if (running === started) running = undefined;
  });
  running = started;
  return started;
}
