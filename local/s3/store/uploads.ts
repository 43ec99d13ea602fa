import type { DatabaseSync } from 'node:sqlite';
import type { ChecksumAlgorithm, ChecksumType } from '../body/checksum.ts';
import type { ObjectAttributes, Tags } from './object-version.ts';
import { commonPrefixOf, endOfPrefix, type Listed, type Page, readPage, startOfPage } from './page.ts';
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
  /** ARN of the principal who began it; the empty text where that was not kept yet. */
  readonly initiator: string;
  readonly attributes: ObjectAttributes;
  readonly tags: Tags;
  readonly checksum: UploadChecksum;
}

/** A multipart upload under way. */
export interface Upload extends NewUpload {
  /** Orders the uploads of a key by their beginning. */
  readonly sequence: number;
}

export interface Uploads {
  add(upload: NewUpload): void;
  /** Undefined also where it is an upload of another key. */
  find(bucket: string, key: string, id: string): Upload | undefined;
  /**
   * By key, then by their beginning. Starts after the key or common prefix `after` or, where `after` is a key, in its
   * middle, after the upload that has the sequence.
   */
  list(page: Page, after: string, afterSequence: number): Listed<Upload>;
  remove(id: string): void;
}

export function openUploads(database: DatabaseSync): Uploads {
  const insert = database.prepare(`
    insert into uploads (id, bucket, key, initiated_ms, initiator, attributes, tags, checksum)
    values (?, ?, ?, ?, ?, ?, ?, ?)`);
  const find = database.prepare('select * from uploads where id = ? and bucket = ? and key = ?');
  const list = database.prepare(
    'select * from uploads where bucket = ? and key >= ? and key < ? order by key, sequence',
  );
  const later = database.prepare(
    'select * from uploads where bucket = ? and key = ? and sequence > ? order by sequence',
  );
  const remove = database.prepare('delete from uploads where id = ?');
  return {
    add: ({ id, bucket, key, initiated, initiator, attributes, tags, checksum }) => {
      const json = [attributes, tags, checksum].map((value) => JSON.stringify(value));
      insert.run(id, bucket, keyBytes(key), initiated.getTime(), initiator, ...json);
    },
    find: (bucket, key, id) => {
      const row = find.get(id, bucket, keyBytes(key));
      return row && uploadOfRow(row);
    },
    list: (page, after, afterSequence) => {
      const start = startOfPage(page, after);
      const end = endOfPrefix(page.prefix);
      const isInKey = after.startsWith(page.prefix) && commonPrefixOf(after, page) === undefined;
      const scan = function* (from: Uint8Array) {
        if (from === start && isInKey) yield* later.iterate(page.bucket, keyBytes(after), afterSequence);
        yield* list.iterate(page.bucket, from, end);
      };
      return readPage(page, start, scan, uploadOfRow);
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
  initiator: String(row.initiator),
  attributes: JSON.parse(String(row.attributes)) as ObjectAttributes,
  tags: JSON.parse(String(row.tags)) as Tags,
  checksum: JSON.parse(String(row.checksum)) as UploadChecksum,
});
