import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, opendir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { shareSync } from './shared-sync.ts';

/** A blob that is being written. `keep` or `discard` ends it; `discard` also where `keep` failed, however far it came. */
export interface BlobWriter {
  readonly id: string;
  /** Resolves when the bytes may change again. Needs not be waited for before the next. */
  write(bytes: Uint8Array): Promise<void>;
  /** Once this resolved, what is committed to the metadata is never on the disk without these bytes. */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

export interface Blobs {
  create(): Promise<BlobWriter>;
  /** Bytes `first` to `last`, both inclusive. Undefined where the blob is gone. */
  read(id: string, first: number, last: number): Promise<Readable | undefined>;
  remove(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Blobs that are files, named by whoever creates them. */
export interface FileBlobs extends Omit<Blobs, 'create'> {
  create(id: string): Promise<BlobWriter>;
}

export const objectsFolder = (dataDirectory: string): string => join(dataDirectory, 'objects');

/**
 * The bytes of larger objects, in files named by a random id and never by a key, so no key can name a path. A blob is written
 * to `uploads/`, synced, then renamed into `objects/`; only then may the metadata mention it. What a crash leaves
 * behind is therefore unreferenced, and opening removes it: `isReferenced` says what the metadata knows.
 */
export async function openFileBlobs(dataDirectory: string, isReferenced: (id: string) => boolean): Promise<FileBlobs> {
  const uploads = join(dataDirectory, 'uploads');
  const objects = objectsFolder(dataDirectory);
  await rm(uploads, { recursive: true, force: true });
  await mkdir(uploads, { recursive: true });
  await mkdir(objects, { recursive: true });
  for await (const { name } of await opendir(objects)) {
    if (!isReferenced(name)) await rm(join(objects, name), { recursive: true });
  }
  const objectsHandle = await open(objects, 'r');
  const syncObjects = shareSync(() => objectsHandle.sync());
  return {
    create: (id) => createWriter(join(uploads, id), join(objects, id), id, syncObjects),
    read: (id, first, last) => readBlob(join(objects, id), first, last),
    remove: (id) => rm(join(objects, id), { force: true }),
    close: () => objectsHandle.close(),
  };
}

async function createWriter(
  path: string,
  kept: string,
  id: string,
  syncObjects: () => Promise<void>,
): Promise<BlobWriter> {
  const handle = await open(path, 'wx');
  let sizeBytes = 0;
  const writing = new Set<Promise<void>>();
  return {
    id,
    write: (bytes) => {
      const one = writeAll(handle, bytes, sizeBytes).finally(() => writing.delete(one));
      sizeBytes += bytes.length;
      writing.add(one);
      return one;
    },
    keep: async () => {
      await Promise.all(writing);
      await handle.sync();
      await handle.close();
      await rename(path, kept);
      await syncObjects();
    },
    discard: async () => {
      await Promise.allSettled(writing);
      await handle.close();
      await rm(path, { force: true });
      await rm(kept, { force: true });
    },
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
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
