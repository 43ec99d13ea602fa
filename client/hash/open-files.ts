import { type FileSource, sourceOf } from '../source.ts';
import { readInOrder } from './read-in-order.ts';
import type { ToHash } from './worker-messages.ts';

/** A stream that is left open holds some MiB, and the blob what it is made of. */
const idleMilliseconds = 10_000;

interface OpenFile {
  readonly source: FileSource;
  readonly close: () => void;
  timer?: ReturnType<typeof setTimeout>;
}

/** The files whose parts are being hashed, each until none was asked for so long: it was sent, paused or given up. */
export function createOpenFiles() {
  const files = new Map<number, OpenFile>();

  const open = (blob: Blob): OpenFile => {
    const { read, close } = readInOrder(blob);
    return { source: sourceOf(blob, read), close };
  };
  return {
    sourceOf: ({ fileId, blob }: Pick<ToHash, 'fileId' | 'blob'>): FileSource => {
      const file = files.get(fileId) ?? open(blob);
      files.set(fileId, file);
      clearTimeout(file.timer);
      file.timer = setTimeout(() => {
        files.delete(fileId);
        file.close();
      }, idleMilliseconds);
      return file.source;
    },
  };
}
