import { Readable } from 'node:stream';
import type { Blobs } from './blobs.ts';
import type { Segment, Segments } from './segments.ts';

/** Lets several files be read and removed as one blob, so that completing an upload copies no bytes. */
export function joinBlobs(files: Blobs, segments: Segments): Blobs {
  return {
    ...files,
    read: async (id, first, last) => {
      const [start, ...rest] = segments.between(id, first, last);
      if (start === undefined) return files.read(id, first, last);
      const read = (segment: Segment): Promise<Readable | undefined> => readSegment(files, segment, first, last);
      const opened = await read(start);
      if (opened === undefined) return undefined;
      const joined = Readable.from(readAll(opened, rest, read), { objectMode: false });
      // A stream that nobody began to read closes nothing by itself.
      return joined.once('close', () => opened.destroy());
    },
    remove: async (id) => {
      const parts = segments.between(id, 0, Number.MAX_SAFE_INTEGER);
      if (parts.length === 0) return files.remove(id);
      for (const { fileId } of parts) await files.remove(fileId);
      segments.remove(id);
    },
  };
}

const readSegment = (
  files: Blobs,
  { fileId, firstByte, sizeBytes }: Segment,
  first: number,
  last: number,
): Promise<Readable | undefined> =>
  files.read(fileId, Math.max(first - firstByte, 0), Math.min(last - firstByte, sizeBytes - 1));

async function* readAll(
  opened: Readable,
  rest: readonly Segment[],
  read: (segment: Segment) => Promise<Readable | undefined>,
): AsyncGenerator<Buffer> {
  yield* opened as AsyncIterable<Buffer>;
  for (const segment of rest) {
    const stream = await read(segment);
    if (stream === undefined) throw new Error('The object was removed while it was read.');
    yield* stream as AsyncIterable<Buffer>;
  }
}
