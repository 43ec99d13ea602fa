import { createHash } from 'node:crypto';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { BodyToHash, Md5Request } from './md5-thread.ts';

export interface RunningMd5 extends Disposable {
  /** The chunk may be held: nobody may change it afterwards. Resolves when the next may come. */
  update(chunk: Uint8Array): Promise<void>;
  /** In hexadecimal. */
  digest(): Promise<string>;
}

/** Up to this size another thread costs more than it saves. */
const inPlaceSizeBytesMax = 1024 * 1024;

/** A ring: one slab is filled while those before it are hashed. All of it fits into the cache of a processor's core. */
const slabSizeBytes = 128 * 1024;
const slabCount = 8;

/** MD5 takes longer than all else that is done with a large body, so it has a thread of its own (bench `local-s3`). */
export function startMd5(): RunningMd5 {
  let held: Uint8Array[] = [];
  let heldSizeBytes = 0;
  let thread: RunningMd5 | undefined;
  return {
    update: async (chunk) => {
      if (thread !== undefined) return thread.update(chunk);
      held.push(chunk);
      heldSizeBytes += chunk.length;
      if (heldSizeBytes <= inPlaceSizeBytesMax) return;
      thread = startInThread();
      for (const earlier of held) await thread.update(earlier);
      held = [];
    },
    digest: async () => {
      if (thread !== undefined) return thread.digest();
      const md5 = createHash('md5');
      for (const chunk of held) md5.update(chunk);
      return md5.digest('hex');
    },
    [Symbol.dispose]: () => thread?.[Symbol.dispose](),
  };
}

function startInThread(): RunningMd5 {
  const { port1: port, port2 } = new MessageChannel();
  const slabs = Array.from({ length: slabCount }, () => new Uint8Array(new SharedArrayBuffer(slabSizeBytes)));
  const body: BodyToHash = { port: port2, slabs };
  md5Thread().postMessage(body, [port2]);
  const ask = startAsking(port);
  let filling = 0;
  let filledBytes = 0;
  /** Of each slab, whether it may be filled again. */
  const hashed: Promise<string>[] = [];
  const handOver = async (): Promise<void> => {
    hashed[filling] = ask({ kind: 'update', slab: filling, sizeBytes: filledBytes });
    filling = (filling + 1) % slabCount;
    filledBytes = 0;
    await hashed[filling];
  };
  return {
    update: async (chunk) => {
      for (let offset = 0; offset < chunk.length; ) {
        const piece = chunk.subarray(offset, offset + slabSizeBytes - filledBytes);
        slabs[filling]?.set(piece, filledBytes);
        filledBytes += piece.length;
        offset += piece.length;
        if (filledBytes === slabSizeBytes) await handOver();
      }
    },
    digest: async () => {
      await handOver();
      return ask({ kind: 'digest' });
    },
    [Symbol.dispose]: () => port.close(),
  };
}

/** Answers come in the order of the questions. None comes any more once the port is closed, as it is with its thread. */
function startAsking(port: MessagePort): (request: Md5Request) => Promise<string> {
  const waiting: PromiseWithResolvers<string>[] = [];
  let isClosed = false;
  const ended = (): Error => new Error('The thread that computes MD5 has ended.');
  port.on('message', (answer: string) => waiting.shift()?.resolve(answer));
  port.on('close', () => {
    isClosed = true;
    for (const { reject } of waiting.splice(0)) reject(ended());
  });
  return (request) => {
    const answer = Promise.withResolvers<string>();
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
function md5Thread(): Worker {
  if (running !== undefined) return running;
  const started = new Worker(new URL('./md5-thread.ts', import.meta.url), { execArgv: [] });
  started.unref();
  started.on('error', (error) => console.error('The thread that computes MD5 failed', error));
  started.on('exit', () => {
    if (running === started) running = undefined;
  });
  running = started;
  return started;
}
