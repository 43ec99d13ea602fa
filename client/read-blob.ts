import { spareBuffers } from './spare-buffers.ts';

/** As many as are read at a time. */
const spare = spareBuffers(4);

/**
 * Its bytes, of which there should be so many. What was cut off a file since it was chosen comes out short; of what has
 * more, no more than that are read where the browser puts them into memory of ours.
 */
export async function readBlob(blob: Blob, sizeBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const stream = blob.stream();
  const reader = byteReaderOf(stream);
  return reader === undefined ? readByChunks(stream, sizeBytes) : readNext(reader, sizeBytes);
}

/** For a later read of as many bytes. */
export const giveBackBytes = ({ buffer }: Uint8Array<ArrayBuffer>): void => spare.giveBack(buffer);

/** Undefined where blobs are no byte streams yet. */
export function byteReaderOf(stream: ReadableStream): ReadableStreamBYOBReader | undefined {
  try {
    return stream.getReader({ mode: 'byob' });
  } catch (error) {
    // "If stream.[[controller]] does not implement ReadableByteStreamController, throw a TypeError" (Streams standard)
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** So many bytes, fewer where there are no more. The browser puts them into memory of ours, and no thread of the page copies them. */
export async function readNext(reader: ReadableStreamBYOBReader, sizeBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  let buffer = spare.take(sizeBytes);
  let at = 0;
  while (at < sizeBytes) {
    const { value, done } = await reader.read(new Uint8Array(buffer, at));
    if (value === undefined) return new Uint8Array();
    buffer = value.buffer;
    at += value.byteLength;
    if (done) break;
  }
  return new Uint8Array(buffer, 0, at);
}

/**
 * Not by `arrayBuffer()`: what that gives is kept by Chromium until its own collector comes by, which sees only how little
 * of it is JavaScript's, and a gigabyte of parts is there meanwhile.
 */
async function readByChunks(stream: ReadableStream<Uint8Array>, sizeBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    bytes.set(next.value, at);
    at += next.value.byteLength;
  }
  return bytes.subarray(0, at);
}
