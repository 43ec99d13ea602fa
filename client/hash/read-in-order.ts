import { byteReaderOf, readBlob, readNext } from '../read-blob.ts';

type Reader = ReadableStreamBYOBReader;

/** The bytes from `start` up to but without `end`, fewer where the file has no more. */
export type ReadRange = (start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * Reads a file whose parts are asked for one after another, as they are when it goes up, by one stream: to open one for each
 * takes a browser longer than to hash 1 MiB, in each of its processes. What begins elsewhere opens a new one, and so does
 * what comes after a failure. Where blobs are no byte streams, each part has one of its own.
 */
export function readInOrder(blob: Blob): ReadRange {
  let areByteStreams = true;
  let last: { readonly end: number; readonly reader: Promise<Reader | undefined> } | undefined;

  const read = async (opened: Promise<Reader | undefined> | undefined, start: number, end: number) => {
    const reader = (await opened) ?? (areByteStreams ? byteReaderOf(blob.slice(start).stream()) : undefined);
    const sizeBytes = end - start;
    if (reader === undefined) {
      areByteStreams = false;
      return { bytes: await readBlob(blob.slice(start, end), sizeBytes) };
    }
    const bytes = await readNext(reader, sizeBytes);
    if (bytes.byteLength === sizeBytes && end < blob.size) return { bytes, reader };
    await reader.cancel();
    return { bytes };
  };
  return async (start, end) => {
    const opened = last?.reader;
    const goesOn = last?.end === start;
    const reading = read(goesOn ? opened : undefined, start, end);
    const reader = reading.then(
      (done) => done.reader,
      () => undefined,
    );
    last = { end, reader };
    if (!goesOn) void opened?.then((passed) => passed?.cancel());
    return (await reading).bytes;
  };
}
