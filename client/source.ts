import { FileError } from './errors.ts';

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
  /** The same bytes without reading them, where the system can name a part of a file. */
  slice?(start: number, end: number): Blob;
}

/** A file of a disk may change or vanish after it was chosen. */
export const unreadable = (cause?: unknown): FileError =>
  new FileError('unreadable', 'The file cannot be read; it was changed, moved or locked. Choose it again.', cause);

/** A `Blob` or `File`. Browsers refuse to read a file that was changed since it was chosen (File API, "NotReadableError"). */
export const sourceOf = (blob: Blob): FileSource => ({
  sizeBytes: blob.size,
  name: blob instanceof File ? blob.name : '',
  type: blob.type,
  lastModified: blob instanceof File ? blob.lastModified : 0,
  read: async (start, end, signal) => {
    signal?.throwIfAborted();
    const bytes = await readBlob(blob, start, end);
    signal?.throwIfAborted();
    // Not every browser refuses: what was cut off since comes out short.
    if (bytes.byteLength !== end - start) throw unreadable();
    return bytes;
  },
  slice: (start, end) => blob.slice(start, end),
});

/**
 * By its stream, into one buffer: what `arrayBuffer()` gives is kept by Chromium until its own collector comes by, which
 * sees only how little of it is JavaScript's, and a gigabyte of parts is there meanwhile.
 */
async function readBlob(blob: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(end - start);
  let at = 0;
  try {
    const reader = blob.slice(start, end).stream().getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      bytes.set(next.value, at);
      at += next.value.byteLength;
    }
  } catch (cause) {
    throw unreadable(cause);
  }
  return bytes.subarray(0, at);
}
