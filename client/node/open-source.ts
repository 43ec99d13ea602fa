import { openAsBlob, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { FileError } from '../errors.ts';
import { type FileSource, unreadable } from '../source.ts';
import { spareBuffers } from '../spare-buffers.ts';

/** One call of the system reads at most so much, so that an abort is heard in the middle of a large part. */
const readSizeBytesMax = 16 * 1024 ** 2;

/**
 * A file of a disk, read where it is wanted: positions are given with each read, so any number may run at once. The file
 * must stay what it was when it was opened; reading refuses one that was written to since. `close` it when it is done.
 */
export async function openSource(path: string): Promise<FileSource & { close(): Promise<void> }> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw notOpened(cause);
  });
  try {
    const opened = await handle.stat();
    if (!opened.isFile()) throw new FileError('unreadable', 'This is not a file; choose a file.');
    const blob = await openAsBlob(path);
    // The name may lead to another file by now.
    if (!isSame(await stat(path), opened)) throw unreadable();
    const spare = spareBuffers(Number.POSITIVE_INFINITY, allocate);
    return {
      sizeBytes: opened.size,
      name: basename(path),
      type: '',
      lastModified: Math.round(opened.mtimeMs),
      read: (start, end, signal) =>
        read(handle, opened, { start, into: new Uint8Array(spare.take(end - start)) }, signal),
      release: ({ buffer }) => spare.giveBack(buffer),
      isCheapToKeep: true,
      slice: (start, end) => blob.slice(start, end),
      close: () => handle.close(),
    };
  } catch (cause) {
    await handle.close();
    throw cause instanceof FileError ? cause : notOpened(cause);
  }
}

/** Not filled with zeros, which all of it is read over. */
const allocate = (sizeBytes: number): ArrayBuffer => Buffer.allocUnsafeSlow(sizeBytes).buffer;

const notOpened = (cause: unknown): FileError =>
  new FileError('unreadable', 'The file cannot be opened. Check that it is there and may be read.', cause);

const isSame = (now: Stats, opened: Stats): boolean =>
  now.ino === opened.ino && now.dev === opened.dev && now.size === opened.size && now.mtimeMs === opened.mtimeMs;

async function read(
  handle: FileHandle,
  opened: Stats,
  { start, into: bytes }: { readonly start: number; readonly into: Uint8Array<ArrayBuffer> },
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  signal?.throwIfAborted();
  try {
    for (let at = 0; at < bytes.byteLength; ) {
      const length = Math.min(bytes.byteLength - at, readSizeBytesMax);
      const { bytesRead } = await handle.read(bytes, at, length, start + at);
      if (bytesRead === 0) throw unreadable();
      at += bytesRead;
      signal?.throwIfAborted();
    }
    // After reading: what was read before a change is what was opened.
    if (!isSame(await handle.stat(), opened)) throw unreadable();
  } catch (cause) {
    signal?.throwIfAborted();
    throw cause instanceof FileError ? cause : unreadable(cause);
  }
  return bytes;
}
