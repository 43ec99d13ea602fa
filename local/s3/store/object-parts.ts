import type { DatabaseSync } from 'node:sqlite';

/** A part of an object that was uploaded in parts, as its readers see it. */
export interface ObjectPart {
  readonly firstByte: number;
  readonly sizeBytes: number;
  /** Base64, of the algorithm of the object. */
  readonly checksum: string;
}

/** Parts are counted from 1, whatever numbers they were uploaded with. */
export interface ObjectParts {
  add(blobId: string, parts: readonly Omit<ObjectPart, 'firstByte'>[]): void;
  find(blobId: string, number: number): ObjectPart | undefined;
  count(blobId: string): number;
  remove(blobId: string): void;
}

export function openObjectParts(database: DatabaseSync): ObjectParts {
  database.exec(
    'delete from object_parts where blob_id not in (select blob_id from versions where blob_id is not null)',
  );
  const insert = database.prepare('insert into object_parts values (?, ?, ?, ?, ?)');
  const find = database.prepare('select * from object_parts where blob_id = ? and number = ?');
  const count = database.prepare('select count(*) as count from object_parts where blob_id = ?');
  const remove = database.prepare('delete from object_parts where blob_id = ?');
  return {
    add: (blobId, parts) => {
      let firstByte = 0;
      for (const [index, { sizeBytes, checksum }] of parts.entries()) {
        insert.run(blobId, index + 1, firstByte, sizeBytes, checksum);
        firstByte += sizeBytes;
      }
    },
    find: (blobId, number) => {
      const row = find.get(blobId, number);
      if (row === undefined) return undefined;
      const { first_byte: firstByte, size_bytes: sizeBytes, checksum } = row;
      return { firstByte: Number(firstByte), sizeBytes: Number(sizeBytes), checksum: String(checksum) };
    },
    count: (blobId) => Number(count.get(blobId)?.count),
    remove: (blobId) => void remove.run(blobId),
  };
}
