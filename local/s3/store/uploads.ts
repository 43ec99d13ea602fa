import type { DatabaseSync } from 'node:sqlite';
import type { ChecksumAlgorithm, ChecksumType } from '../body/checksum.ts';
import type { ObjectAttributes, Tags } from './object-version.ts';
import { keyBytes, keyOf, type Row } from './version-row.ts';

/** What the checksum of the object will be. */
export interface UploadChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  /** Whoever began the upload named none. */
  readonly isDefault: boolean;
}

export interface NewUpload {
  /** Opaque. */
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly initiated: Date;
  readonly attributes: ObjectAttributes;
  readonly tags: Tags;
  readonly checksum: UploadChecksum;
}

/** A multipart upload under way. */
export interface Upload extends NewUpload {
  /** Orders the uploads of a key by their beginning. */
  readonly sequence: number;
}

/** At most `limit` uploads whose key starts with `prefix`. */
export interface UploadPage {
  readonly bucket: string;
  readonly prefix: string;
  readonly limit: number;
}

export interface Uploads {
  add(upload: NewUpload): void;
  /** Undefined also where it is an upload of another key. */
  find(bucket: string, key: string, id: string): Upload | undefined;
  /** By key, then by their beginning; after `afterKey`, or in it after the upload with `afterSequence`. */
  list(page: UploadPage, afterKey: string, afterSequence: number): readonly Upload[];
  remove(id: string): void;
}

export function openUploads(database: DatabaseSync): Uploads {
  const insert = database.prepare(`
    insert into uploads (id, bucket, key, initiated_ms, attributes, tags, checksum) values (?, ?, ?, ?, ?, ?, ?)`);
  const find = database.prepare('select * from uploads where id = ? and bucket = ? and key = ?');
  const list = database.prepare(`
    select * from uploads
    where bucket = ? and key >= ? and key < ? and (key > ? or (key = ? and sequence > ?))
    order by key, sequence limit ?`);
  const remove = database.prepare('delete from uploads where id = ?');
  return {
    add: ({ id, bucket, key, initiated, attributes, tags, checksum }) => {
      const json = [attributes, tags, checksum].map((value) => JSON.stringify(value));
      insert.run(id, bucket, keyBytes(key), initiated.getTime(), ...json);
    },
    find: (bucket, key, id) => {
      const row = find.get(id, bucket, keyBytes(key));
      return row && uploadOfRow(row);
    },
    list: ({ bucket, prefix, limit }, afterKey, afterSequence) => {
      // No byte of UTF-8 is FF.
      const end = Buffer.concat([keyBytes(prefix), Buffer.of(0xff)]);
      const after = keyBytes(afterKey);
      return list.all(bucket, keyBytes(prefix), end, after, after, afterSequence, limit).map(uploadOfRow);
    },
    remove: (id) => void remove.run(id),
  };
}

const uploadOfRow = (row: Row): Upload => ({
  sequence: Number(row.sequence),
  id: String(row.id),
  bucket: String(row.bucket),
  key: keyOf(row.key),
  initiated: new Date(Number(row.initiated_ms)),
  attributes: JSON.parse(String(row.attributes)) as ObjectAttributes,
  tags: JSON.parse(String(row.tags)) as Tags,
  checksum: JSON.parse(String(row.checksum)) as UploadChecksum,
});
