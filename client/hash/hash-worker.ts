import { FileError } from '../errors.ts';
import { hashRange } from './hash-range.ts';
import { createOpenFiles } from './open-files.ts';
import { wasmHash } from './wasm.ts';
import type { FromWorker, ToHash, ToWorker } from './worker-messages.ts';

// The worker of `createPartHasher`: it reads and hashes, so that the page does neither. WebAssembly is imported as it is
// here, not by import(): bundlers that make one script of a worker (Vite by default) cannot split it.

const files = createOpenFiles();
const running = new Map<number, AbortController>();

const answer = (message: FromWorker, transfer: Transferable[] = []): void => postMessage(message, { transfer });

async function hash(message: ToHash): Promise<void> {
  const { id, algorithm } = message;
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const part = await hashRange(files.sourceOf(message), message, algorithm, controller.signal, wasmHash);
    answer({ kind: 'hashed', id, part }, part.bytes === undefined ? [] : [part.bytes.buffer]);
  } catch (error) {
    // Who aborted waits for no answer.
    if (controller.signal.aborted) return;
    answer(error instanceof FileError ? { kind: 'unreadable', id } : { kind: 'failed', id, message: String(error) });
  } finally {
    running.delete(id);
  }
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'abort') running.get(data.id)?.abort();
  else void hash(data);
});

answer({ kind: 'ready' });
