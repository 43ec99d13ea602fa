import { FileError } from '../errors.ts';
import type { Content } from './content-hash.ts';

/** Where a download goes. What its methods throw becomes a `FileError`. */
export interface DownloadTarget {
  /** Called first and once: what an earlier download of this very content left, from the first byte on. */
  open(content: Content): AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** The bytes that follow. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** What was kept turned out to be something else: the next bytes are the first. */
  restart(): Promise<void>;
  /** All bytes were written, and they are the recorded ones. */
  close(): Promise<void>;
  /** It failed. Nothing may stay that could be taken for the file. */
  abort(error: unknown): Promise<void>;
}

const noSpace = ['QuotaExceededError', 'ENOSPC', 'EDQUOT'];

/** What the failure of a target means to a person, by the names of browsers and the codes of Node. */
export function targetError(cause: unknown): FileError {
  if (cause instanceof FileError) return cause;
  const { name = '', code = '' } = cause instanceof Error ? (cause as Error & { readonly code?: unknown }) : {};
  return noSpace.includes(name) || noSpace.includes(String(code))
    ? new FileError('no-space', 'There is no room left for the file. Make room and download it again.', cause)
    : new FileError(
        'unwritable',
        'The file cannot be written there. Check that the folder exists and that you may write to it, or choose another place.',
        cause,
      );
}

async function* nothing(): AsyncGenerator<never, void> {
  // Streams keep nothing.
}

/** Any stream: it is closed at the end, and aborted where that does not come well. */
export function streamTarget(stream: WritableStream<Uint8Array<ArrayBuffer>>): DownloadTarget {
  const writer = stream.getWriter();
  return {
    open: nothing,
    write: (bytes) => writer.write(bytes),
    restart: async () => undefined,
    close: () => writer.close(),
    abort: (error) => writer.abort(error),
  };
}

/** Memory; `chunks` are the bytes in their order. */
export function memoryTarget(): DownloadTarget & { readonly chunks: Uint8Array<ArrayBuffer>[] } {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  return {
    chunks,
    open: nothing,
    write: async (bytes) => void chunks.push(bytes),
    restart: async () => undefined,
    close: async () => undefined,
    abort: async () => void chunks.splice(0),
  };
}
