import type { DatabaseSync } from 'node:sqlite';
import type { Row } from './version-row.ts';

/** Bytes of a file, one after the other. */
export interface Piece {
  readonly fileId: string;
  /** Where it begins in the file. */
  readonly firstByte: number;
  /** At least 1. */
  readonly sizeBytes: number;
}

/** Which pieces of files a blob is made of. One without segments is a file of its own, of the same id. */
export interface Segments {
  /** Makes the pieces one blob, in this order. */
  join(blobId: string, pieces: readonly Piece[]): void;
  /** Bytes `first` to `last` of a blob, both inclusive. */
  pieces(blobId: string, first: number, last: number): readonly Piece[];
  /** Forgets what a blob is made of, and gives back the files. */
  remove(blobId: string): readonly string[];
  isReferenced(fileId: string): boolean;
  isJoined(blobId: string): boolean;
}

export function openSegments(database: DatabaseSync): Segments {
  // What a crash left of blobs whose versions and parts were already gone.
  database.exec(`
    delete from segments where blob_id not in (select blob_id from versions where blob_id is not null)
      and blob_id not in (select blob_id from parts)`);
  const insert = database.prepare(`
    insert into segments (blob_id, first_byte, size_bytes, file_id, file_first_byte) values (?, ?, ?, ?, ?)`);
  const between = database.prepare(`
    select * from segments where blob_id = ? and first_byte <= ? and first_byte + size_bytes > ? order by first_byte`);
  const remove = database.prepare('delete from segments where blob_id = ? returning file_id');
  const byBlob = database.prepare('select 1 from segments where blob_id = ?');
  const byFile = database.prepare('select 1 from segments where file_id = ?');
  return {
    join: (blobId, pieces) => {
      let firstByte = 0;
      for (const piece of pieces) {
        insert.run(blobId, firstByte, piece.sizeBytes, piece.fileId, piece.firstByte);
        firstByte += piece.sizeBytes;
      }
    },
    pieces: (blobId, first, last) => {
      if (last < first) return [];
      const rows = between.all(blobId, last, first);
      if (rows.length === 0) return [{ fileId: blobId, firstByte: first, sizeBytes: last - first + 1 }];
      return rows.map((row) => pieceOf(row, first, last));
    },
    remove: (blobId) => {
      const fileIds = remove.all(blobId).map((row) => String(row.file_id));
      return fileIds.length === 0 ? [blobId] : fileIds;
    },
    isJoined: (blobId) => byBlob.get(blobId) !== undefined,
    isReferenced: (fileId) => byFile.get(fileId) !== undefined,
  };
}

/** Of a segment, what lies between two bytes of its blob. */
function pieceOf(row: Row, first: number, last: number): Piece {
  const firstByte = Number(row.first_byte);
  const from = Math.max(first, firstByte);
  const to = Math.min(last, firstByte + Number(row.size_bytes) - 1);
  return {
    fileId: String(row.file_id),
    firstByte: Number(row.file_first_byte) + from - firstByte,
    sizeBytes: to - from + 1,
  };
}
