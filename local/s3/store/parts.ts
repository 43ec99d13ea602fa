import type { DatabaseSync } from 'node:sqlite';
import type { Row } from './version-row.ts';

export interface Part {
  /** 1 to 10,000. */
  readonly number: number;
  readonly blobId: string;
  readonly lastModified: Date;
  readonly sizeBytes: number;
  /** In hexadecimal. */
  readonly md5: string;
  /** Base64, of the algorithm of the upload. */
  readonly checksum: string;
}

export interface Parts {
  /** Takes the place of the part of the same number. */
  put(uploadId: string, part: Part): void;
  find(uploadId: string, number: number): Part | undefined;
  /** By number; at most `limit` with a number over `afterNumber`. */
  list(uploadId: string, afterNumber: number, limit: number): readonly Part[];
  removeAll(uploadId: string): void;
  isReferenced(blobId: string): boolean;
}

export function openParts(database: DatabaseSync): Parts {
  const put = database.prepare('insert or replace into parts values (?, ?, ?, ?, ?, ?, ?)');
  const find = database.prepare('select * from parts where upload_id = ? and number = ?');
  const list = database.prepare('select * from parts where upload_id = ? and number > ? order by number limit ?');
  const removeAll = database.prepare('delete from parts where upload_id = ?');
  const byBlob = database.prepare('select 1 from parts where blob_id = ?');
  return {
    put: (uploadId, { number, blobId, lastModified, sizeBytes, md5, checksum }) =>
      void put.run(uploadId, number, blobId, lastModified.getTime(), sizeBytes, md5, checksum),
    find: (uploadId, number) => {
      const row = find.get(uploadId, number);
      return row && partOfRow(row);
    },
    list: (uploadId, afterNumber, limit) => list.all(uploadId, afterNumber, limit).map(partOfRow),
    removeAll: (uploadId) => void removeAll.run(uploadId),
    isReferenced: (blobId) => byBlob.get(blobId) !== undefined,
  };
}

const partOfRow = (row: Row): Part => ({
  number: Number(row.number),
  blobId: String(row.blob_id),
  lastModified: new Date(Number(row.last_modified_ms)),
  sizeBytes: Number(row.size_bytes),
  md5: String(row.md5),
  checksum: String(row.checksum),
});
