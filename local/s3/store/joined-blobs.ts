import { Readable } from 'node:stream';
import type { Blobs } from './blobs.ts';
import type { Piece, Segments } from './segments.ts';

/** Blobs made of pieces of files, which several may share: joining and copying them copies no bytes. */
export interface JoinedBlobs extends Pick<Blobs, 'create'> {
  /**
   * Bytes `first` to `last`, both inclusive. Holds the blob from the moment of the call until the stream is closed.
   * Throws where a file is not there.
   */
  read(id: string, first: number, last: number): Promise<Readable>;
  /** Until it is let go, its bytes stay, even where the last version that has them goes. */
  hold(id: string): { letGo(): Promise<void> };
  /**
   * Removes the bytes that nobody needs any more, if this was the last. To be called after the transaction that took a
   * version or part away. Who wants to share a blob holds it first, so what nobody knows and holds stays unknown.
   */
  release(id: string): Promise<void>;
  /** What is held by then stays; opening the folder removes what nobody needs. */
  close(): Promise<void>;
}

export function joinBlobs(
  files: Blobs,
  segments: Segments,
  isReferenced: (id: string) => boolean,
  forget: (id: string) => void,
  commit: <Value>(work: () => Value) => Promise<Value>,
): JoinedBlobs {
  const holders = new Map<string, number>();
  // Only once a change is on the disk are bytes released, so who lets go earlier leaves them to whoever made the change.
  const releasedWhileHeld = new Set<string>();
  const isNeeded = (id: string): boolean => holders.has(id) || isReferenced(id);
  let isOpen = true;
  const release = async (id: string): Promise<void> => {
    if (holders.has(id)) releasedWhileHeld.add(id);
    if (!isOpen || isNeeded(id)) return;
    const unusedFiles = (): readonly string[] => {
      forget(id);
      const fileIds = new Set(segments.remove(id));
      return [...fileIds].filter((fileId) => !isNeeded(fileId) && !segments.isReferenced(fileId));
    };
    // Others may just have given up files that it shares: that must be on the disk before the files go.
    const unused = segments.isJoined(id) ? await commit(unusedFiles) : unusedFiles();
    await Promise.all(unused.map(files.remove));
  };
  const hold: JoinedBlobs['hold'] = (id) => {
    holders.set(id, (holders.get(id) ?? 0) + 1);
    return {
      letGo: async () => {
        const left = (holders.get(id) ?? 0) - 1;
        if (left > 0) return void holders.set(id, left);
        holders.delete(id);
        if (releasedWhileHeld.delete(id)) await release(id);
      },
    };
  };
  return {
    create: files.create,
    hold,
    release,
    close: async () => {
      isOpen = false;
      await files.close();
    },
    read: async (id, first, last) => {
      const held = hold(id);
      try {
        const stream = await openAll(files, segments.pieces(id, first, last));
        return stream.once('close', () => {
          held.letGo().catch((error: unknown) => console.error('The local S3 could not remove bytes', error));
        });
      } catch (error) {
        await held.letGo();
        throw error;
      }
    },
  };
}

async function openAll(files: Blobs, [start, ...rest]: readonly Piece[]): Promise<Readable> {
  if (start === undefined) return Readable.from([]);
  const opened = await open(files, start);
  if (rest.length === 0) return opened;
  // A stream that nobody began to read closes nothing by itself.
  return Readable.from(readAll(files, opened, rest), { objectMode: false }).once('close', () => opened.destroy());
}

async function open(files: Blobs, { fileId, firstByte, sizeBytes }: Piece): Promise<Readable> {
  const stream = await files.read(fileId, firstByte, firstByte + sizeBytes - 1);
  if (stream === undefined) throw new Error(`The file ${fileId} of an object is gone.`);
  return stream;
}

async function* readAll(files: Blobs, opened: Readable, rest: readonly Piece[]): AsyncGenerator<Buffer> {
  yield* opened as AsyncIterable<Buffer>;
  for (const piece of rest) yield* (await open(files, piece)) as AsyncIterable<Buffer>;
}
