import type { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { newBlobId } from './blob-id.ts';
import type { Blobs, BlobWriter, FileBlobs } from './blobs.ts';
import type { Commits } from './commits.ts';

/** Up to this size one sync of the log costs less than those of a file and its folder (ADR 019 says how much). */
export const inlineSizeBytesMax = 64 * 1024;

/** Of one blob in the database: `put` writes it, `remove` says whether there was one. */
interface InlineRow {
  put(id: string, bytes: Uint8Array): void;
  remove(id: string): boolean;
}

/** Keeps small blobs in the database, and leaves the others to the files. */
export function inlineBlobs(files: FileBlobs, database: DatabaseSync, transaction: Commits['transaction']): Blobs {
  // What a crash left of writes that never became metadata.
  database.exec(`
    delete from inline_blobs where id not in (
      select blob_id from versions where blob_id is not null
      union all select blob_id from parts
      union all select file_id from segments)`);
  const insert = database.prepare('insert into inline_blobs (id, bytes) values (?, ?)');
  const find = database.prepare('select bytes from inline_blobs where id = ?');
  const remove = database.prepare('delete from inline_blobs where id = ?');
  const row: InlineRow = {
    put: (id, bytes) => transaction(() => void insert.run(id, bytes)),
    remove: (id) => remove.run(id).changes > 0,
  };
  return {
    create: (sizeBytes) => createWriter(files, row, sizeBytes),
    read: async (id, first, last) => {
      const bytes = find.get(id)?.bytes;
      if (!(bytes instanceof Uint8Array)) return files.read(id, first, last);
      return Readable.from([bytes.subarray(first, last + 1)], { objectMode: false });
    },
    remove: async (id) => {
      if (!row.remove(id)) await files.remove(id);
    },
    close: files.close,
  };
}

/** Holds what is written until it is too much for the database; where that is known from the beginning, a file is opened. */
function createWriter(files: FileBlobs, row: InlineRow, expectedSizeBytes: number): BlobWriter {
  const id = newBlobId();
  let held: Uint8Array[] = [];
  let heldSizeBytes = 0;
  let file = expectedSizeBytes > inlineSizeBytesMax ? files.create(id) : undefined;
  return {
    id,
    get fd() {
      return file?.fd;
    },
    write: async (bytes) => {
      if (file === undefined && heldSizeBytes + bytes.length <= inlineSizeBytesMax) {
        held.push(Uint8Array.from(bytes));
        heldSizeBytes += bytes.length;
        return;
      }
      file ??= files.create(id);
      const earlier = held.map(file.write);
      held = [];
      await Promise.all([...earlier, file.write(bytes)]);
    },
    // The log is synced in order: what is written before the metadata is on the disk no later than it.
    keep: async () => (file === undefined ? row.put(id, Buffer.concat(held)) : file.keep()),
    discard: async () => {
      if (file !== undefined) return file.discard();
      row.remove(id);
    },
  };
}
