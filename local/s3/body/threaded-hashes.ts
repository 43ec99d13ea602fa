import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { BodyToHash, HashAnswer, HashRequest, WriteTo } from './hash-thread.ts';
import type { Hashes, HashesWanted } from './hashes.ts';

/** Hashes of a body whose bytes are put into shared memory, a slab at a time. */
export interface ThreadedHashes extends Disposable {
  /** Resolves when the slab may be filled again. Rejects where it could not be written. */
  update(slab: number, sizeBytes: number, writeTo?: WriteTo): Promise<void>;
  digest(): Promise<Hashes>;
}

/** Hashing takes longer than all else that is done with a large body, so it has threads of its own, which write too. */
export function startThreadedHashes(wanted: HashesWanted, slabs: readonly Uint8Array[]): ThreadedHashes {
  const { port1: port, port2 } = new MessageChannel();
  const thread = leastBusyThread();
  const body: BodyToHash = { port: port2, slabs, wanted };
  thread.worker.postMessage(body, [port2]);
  thread.bodies += 1;
  port.on('close', () => {
    thread.bodies -= 1;
  });
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

interface HashThread {
  readonly worker: Worker;
  /** How many are with it now. */
  bodies: number;
}

/** Beside the one that receives, which waits most of the time while large bodies come. */
const threadsMax = Math.min(availableParallelism(), 4);
const running = new Set<HashThread>();

/** Another one is started where all have something to do. They keep no process from ending. */
function leastBusyThread(): HashThread {
  const [least] = [...running].sort((one, other) => one.bodies - other.bodies);
  if (least !== undefined && (least.bodies === 0 || running.size >= threadsMax)) return least;
  const worker = new Worker(new URL('./hash-thread.ts', import.meta.url), { execArgv: [] });
  const started: HashThread = { worker, bodies: 0 };
  worker.unref();
  worker.on('error', (error) => console.error('A thread that hashes bodies failed', error));
  worker.on('exit', () => running.delete(started));
  running.add(started);
  return started;
}
