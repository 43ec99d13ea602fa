import { byteReaderOf, readBlob, readNext } from '../read-blob.ts';
import { keptSizeBytesMax } from './hash-range.ts';

type Reader = ReadableStreamBYOBReader;
type Opened = Reader | undefined;

export interface OrderedReads {
  /** The bytes from `start` up to but without `end`, fewer where the file has no more. */
  read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** Gives up the stream that is open, once what is asked for is read. */
  close(): void;
}

/** A browser looks whether the file is still what was chosen when a stream is opened, and never again. */
const streamSizeBytesMax = 64 * 1024 ** 2;

/** Browsers without byte streams would read ahead all of a stream that nobody asks for anything. */
const areByteStreams = (() => {
  const reader = byteReaderOf(new Blob().stream());
  void reader?.cancel();
  return reader !== undefined;
})();

/** Of bytes that nobody wants any more, nobody wants to know that they cannot be read. */
const giveUp = (reader: Opened): Promise<void> | undefined => reader?.cancel().catch(() => undefined);

/**
 * Reads a file whose parts are asked for one after another, as they are when it goes up, by one stream: to open one for each
 * takes a browser longer than to hash 1 MiB, in each of its processes. What begins elsewhere opens a new one, and so does
 * what comes after a failure. What will be sent as it is read has a stream of its own: sent as slices, bytes of a file that
 * was changed are refused by the browser.
 */
export function readInOrder(blob: Blob): OrderedReads {
  /** The stream ends at `until`; what is asked for of it so far ends at `end`. */
  let last: { readonly end: number; readonly until: number; readonly reader: Promise<Opened> } | undefined;

  const readOn = async (opened: Promise<Opened> | undefined, start: number, end: number, until: number) => {
    const reader = (await opened) ?? byteReaderOf(blob.slice(start, until).stream());
    if (reader === undefined) return { bytes: await readBlob(blob.slice(start, end), end - start), reader };
    const bytes = await readNext(reader, end - start);
    if (bytes.byteLength === end - start && end < Math.min(until, blob.size)) return { bytes, reader };
    await giveUp(reader);
    return { bytes, reader: undefined };
  };
  const close = () => {
    void last?.reader.then(giveUp);
    last = undefined;
  };
  return {
    close,
    read: async (start, end, signal) => {
      const isKept = end - start <= keptSizeBytesMax;
      if (isKept || !areByteStreams) return readBlob(blob.slice(start, end), end - start);
      if (last?.end !== start || end > last.until) close();
      const opened = last?.reader.then((reader) => {
        if (signal?.aborted) void giveUp(reader);
        signal?.throwIfAborted();
        return reader;
      });
      const until = last?.until ?? Math.max(end, start + streamSizeBytesMax);
      const reading = readOn(opened, start, end, until);
      const reader = reading.then(
        (done) => done.reader,
        () => undefined,
      );
      last = { end, until, reader };
      return (await reading).bytes;
    },
  };
}
