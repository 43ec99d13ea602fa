import { FileError } from './errors.ts';
import { giveBackBytes, readBlob } from './read-blob.ts';

/** The bytes of one file wherever they are, read piece by piece, several at once, and as often as wanted. */
export interface FileSource {
  readonly sizeBytes: number;
  /** Empty where it has none. */
  readonly name: string;
  /** The media type that the system tells, empty where it tells none. */
  readonly type: string;
  /** Milliseconds since 1970; 0 where nobody knows. */
  readonly lastModified: number;
  /**
   * The bytes from `start` up to but without `end`, in a buffer of the caller's own. Rejects with a `FileError` where they
   * cannot be read or the file is no longer what it was, with the signal's reason where that is aborted.
   */
  read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Gives the buffer of a read back, for a later one: who does not look at it any more saves what new memory costs, in Node a
   * quarter of all the work. Never needed.
   */
  release?(bytes: Uint8Array<ArrayBuffer>): void;
  /** What was read may be kept until it is sent, rather than be sent as a slice: the system gives memory back at once. */
  readonly isCheapToKeep?: boolean;
  /** The same bytes without reading them, where the system can name a part of a file. */
  slice?(start: number, end: number): Blob;
}

/** A file of a disk may change or vanish after it was chosen. */
export const unreadable = (cause?: unknown): FileError =>
  new FileError('unreadable', 'The file cannot be read; it was changed, moved or locked. Choose it again.', cause);

/**
 * A `Blob` or `File`. Browsers refuse to read a file that was changed since it was chosen (File API, "NotReadableError").
 * Chromium asks the system for the size and the time of a file that a person chose, and the page waits: each time that they are
 * looked at, for each slice, and twice where the file is read itself. So all of it is read by a slice too.
 * @param readRange the bytes from `start` up to but without `end`, fewer where there are no more
 */
export function sourceOf(
  blob: Blob,
  readRange: FileSource['read'] = (start, end) => readBlob(blob.slice(start, end), end - start),
): FileSource {
  const sizeBytes = blob.size;
  return {
    sizeBytes,
    name: blob instanceof File ? blob.name : '',
    type: blob.type,
    get lastModified() {
      return blob instanceof File ? blob.lastModified : 0;
    },
    read: async (start, end, signal) => {
      signal?.throwIfAborted();
      const bytes = await reading(() => readRange(start, end, signal), signal);
      signal?.throwIfAborted();
      // Not every browser refuses: what was cut off since comes out short.
      if (bytes.byteLength !== end - start) throw unreadable();
      return bytes;
    },
    release: giveBackBytes,
    slice: (start, end) => blob.slice(start, end),
  };
}

async function reading<Value>(read: () => Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    signal?.throwIfAborted();
    throw unreadable(cause);
  }
}
