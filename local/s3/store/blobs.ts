import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { shareSync } from './shared-sync.ts';
import { writeAll } from './write-all.ts';

/** A blob that is being written. `keep` or `discard` ends it; `discard` also where `keep` failed, however far it came. */
export interface BlobWriter {
  readonly id: string;
  /** Resolves when the bytes may change again. Needs not be waited for before the next. */
  write(bytes: Uint8Array): Promise<void>;
  /** The file that it is in, where it is known from the beginning to need one: who writes all of it may do so there instead. */
  readonly fd?: Promise<number> | undefined;
  /** Once this resolved, what is committed to the metadata is never on the disk without these bytes. */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

export interface Blobs {
  /** @param sizeBytes as far as it is known, so that what will be needed is made ready meanwhile */
  create(sizeBytes: number): BlobWriter;
  /** Bytes `first` to `last`, both inclusive. Undefined where the blob is gone. */
  read(id: string, first: number, last: number): Promise<Readable | undefined>;
  remove(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Blobs that are files, named by whoever creates them. */
export interface FileBlobs extends Omit<Blobs, 'create'> {
  create(id: string): BlobWriter;
}

export const objectsFolder = (dataDirectory: string): string => join(dataDirectory, 'objects');

/**
 * The bytes of larger objects, in files named by a random id and never by a key, so no key can name a path. Only once a blob
 * and its entry in the folder are synced may the metadata mention it. What a crash leaves behind is therefore unreferenced,
 * and opening removes it: `isReferenced` says what the metadata knows.
 */
export async function openFileBlobs(dataDirectory: string, isReferenced: (id: string) => boolean): Promise<FileBlobs> {
  const objects = objectsFolder(dataDirectory);
  // Where older versions wrote first.
  await rm(join(dataDirectory, 'uploads'), { recursive: true, force: true });
  await mkdir(objects, { recursive: true });
  for await (const { name } of await opendir(objects)) {
    if (!isReferenced(name)) await rm(join(objects, name), { recursive: true });
  }
  const objectsHandle = await open(objects, 'r');
  const syncEntries = shareSync(() => objectsHandle.sync());
  return {
    create: (id) => createWriter(join(objects, id), id, syncEntries),
    read: (id, first, last) => readBlob(join(objects, id), first, last),
    remove: (id) => rm(join(objects, id), { force: true }),
    close: () => objectsHandle.close(),
  };
}

function createWriter(path: string, id: string, syncEntries: () => Promise<void>): BlobWriter {
  const opening = open(path, 'wx');
  // It is told to whoever writes.
  opening.catch(() => undefined);
  let sizeBytes = 0;
  const writing = new Set<Promise<void>>();
  return {
    id,
    get fd() {
      return opening.then(({ fd }) => fd);
    },
    write: (bytes) => {
      const position = sizeBytes;
      sizeBytes += bytes.length;
      const one = opening.then(({ fd }) => writeAll(fd, bytes, position)).finally(() => writing.delete(one));
      writing.add(one);
      return one;
    },
    keep: async () => {
      const handle = await opening;
      await Promise.all(writing);
      await Promise.all([handle.sync().then(() => handle.close()), syncEntries()]);
    },
    discard: async () => {
      await Promise.allSettled(writing);
      const handle = await opening.catch(() => undefined);
      await handle?.close();
      await rm(path, { force: true });
    },
  };
}

async function readBlob(path: string, first: number, last: number): Promise<Readable | undefined> {
  try {
    const handle = await open(path, 'r');
    return createReadStream(path, { fd: handle, start: first, end: last, highWaterMark: 256 * 1024 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
