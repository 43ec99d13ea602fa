import type { Stats } from 'node:fs';
import { type FileHandle, lstat, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type Content, expectedOf } from '../download/content-hash.ts';
import type { DownloadTarget } from '../download/target.ts';
import { FileError, IntegrityError } from '../errors.ts';

const readSizeBytes = 1024 * 1024;
/** Documents are nobody else's business. */
const mode = 0o600;

/** Says what the bytes beside it are of: no name, no link, only the content's own hash. */
const noteOf = (content: Content): string =>
  JSON.stringify({ version: 1, sizeBytes: content.sizeBytes, ...expectedOf(content) });

/**
 * A file that is there whole or not at all. Bytes go to `path` + `.part`, with a note in `.part.json` saying what of; the
 * finished file takes its name at the end, in the place of whatever had it. What breaks off leaves both for the next time.
 */
export function fileTarget(path: string): DownloadTarget {
  const [partPath, notePath] = [`${path}.part`, `${path}.part.json`];
  let handle: FileHandle | undefined;
  let at = 0;
  const opened = (): FileHandle => {
    if (handle === undefined) throw new TypeError('A target is opened before it is written to.');
    return handle;
  };
  /** Whether the name still leads to what is written to. */
  const isOurs = async (): Promise<boolean> => {
    const there = await unlessMissing(() => lstat(partPath));
    return there !== undefined && isSame(there, await opened().stat());
  };
  return {
    async *open(content) {
      const sizeBytes = await keptSizeBytes(partPath, notePath, content);
      if (sizeBytes === undefined) {
        // Not emptied but taken away: another download may be writing to it.
        await rm(partPath, { force: true });
        await writeFile(notePath, noteOf(content), { mode });
        handle = await open(partPath, 'wx+', mode);
        return;
      }
      handle = await open(partPath, 'r+');
      yield* readAll(handle, sizeBytes);
      at = sizeBytes;
    },
    async write(bytes) {
      for (let done = 0; done < bytes.byteLength; ) {
        done += (await opened().write(bytes, done, bytes.byteLength - done, at + done)).bytesWritten;
      }
      at += bytes.byteLength;
    },
    async restart() {
      await opened().truncate(0);
      at = 0;
    },
    async close() {
      // Else a machine that dies may come back with the name and without the bytes.
      await opened().sync();
      if (!(await isOurs())) throw takenAway();
      await opened().close();
      await rename(partPath, path);
      await rm(notePath, { force: true });
    },
    async abort(error) {
      if (handle === undefined) return;
      const isDamaged = error instanceof IntegrityError && (await isOurs());
      await handle.close();
      if (!isDamaged) return;
      await rm(partPath, { force: true });
      await rm(notePath, { force: true });
    },
  };
}

const isSame = (one: Stats, other: Stats): boolean => one.ino === other.ino && one.dev === other.dev;

const takenAway = (): FileError =>
  new FileError('unwritable', 'Another download writes to the same file. Wait for it, or choose another place.');

/** How much an earlier download of exactly this content left; undefined where there is any doubt. */
async function keptSizeBytes(partPath: string, notePath: string, content: Content): Promise<number | undefined> {
  const note = await unlessMissing(() => readFile(notePath, 'utf8'));
  const part = await unlessMissing(() => lstat(partPath));
  if (note !== noteOf(content) || part === undefined || !part.isFile() || part.size > content.sizeBytes)
    return undefined;
  return part.size;
}

async function unlessMissing<Value>(step: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await step();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

async function* readAll(handle: FileHandle, sizeBytes: number): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const buffer = new Uint8Array(readSizeBytes);
  for (let at = 0; at < sizeBytes; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.byteLength, sizeBytes - at), at);
    if (bytesRead === 0) throw takenAway();
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
