import type { DatabaseSync } from 'node:sqlite';

/** A file that holds some of the bytes of a blob. */
export interface Segment {
  readonly fileId: string;
  /** Where it begins in the blob. */
  readonly firstByte: number;
  readonly sizeBytes: number;
}

export interface Segments {
  /** Makes the files one blob, in this order. Empty ones may not be among them. */
  join(blobId: string, files: readonly { readonly fileId: string; readonly sizeBytes: number }[]): void;
  /** Segments with any of the bytes `first` to `last`, both inclusive; none where the blob is a file of its own. */
  between(blobId: string, first: number, last: number): readonly Segment[];
  remove(blobId: string): void;
  isReferenced(fileId: string): boolean;
}

export function openSegments(database: DatabaseSync): Segments {
  // What a crash left of blobs whose versions were already gone.
  database.exec('delete from segments where blob_id not in (select blob_id from versions where blob_id is not null)');
  const insert = database.prepare('insert into segments values (?, ?, ?, ?)');
  const between = database.prepare(`
    select * from segments where blob_id = ? and first_byte <= ? and first_byte + size_bytes > ? order by first_byte`);
  const remove = database.prepare('delete from segments where blob_id = ?');
  const byFile = database.prepare('select 1 from segments where file_id = ?');
  return {
    join: (blobId, files) => {
      let firstByte = 0;
      for (const { fileId, sizeBytes } of files) {
        insert.run(blobId, firstByte, sizeBytes, fileId);
        firstByte += sizeBytes;
      }
    },
    between: (blobId, first, last) =>
      between.all(blobId, last, first).map((row) => ({
        fileId: String(row.file_id),
        firstByte: Number(row.first_byte),
        sizeBytes: Number(row.size_bytes),
      })),
    remove: (blobId) => void remove.run(blobId),
    isReferenced: (fileId) => byFile.get(fileId) !== undefined,
  };
}
