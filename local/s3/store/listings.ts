import type { DatabaseSync } from 'node:sqlite';
import type { AnyObjectVersion, ObjectVersion } from './object-version.ts';
import { keyBytes, versionOfRow } from './version-row.ts';

/** At most `limit` entries whose key starts with `prefix`. */
export interface Page {
  readonly bucket: string;
  readonly prefix: string;
  readonly limit: number;
}

export interface ListedVersion {
  readonly version: AnyObjectVersion;
  readonly isLatest: boolean;
}

export interface Listings {
  /** Current versions that are not delete markers, by key; only keys after `afterKey`. */
  objects(page: Page, afterKey: string): readonly ObjectVersion[];
  /**
   * All versions by key, newest first. Starts after `afterKey`, or in the middle of it, after the version with
   * `afterSequence`.
   */
  versions(page: Page, afterKey: string, afterSequence: number): readonly ListedVersion[];
}

/** The first key that no longer starts with the prefix: no byte of UTF-8 is FF. */
const endOfPrefix = (prefix: string): Uint8Array => Buffer.concat([keyBytes(prefix), Buffer.of(0xff)]);

const newest = '(select max(sequence) from versions as other where other.bucket = v.bucket and other.key = v.key)';

export function openListings(database: DatabaseSync): Listings {
  const objects = database.prepare(`
    select * from versions as v
    where bucket = ? and key >= ? and key < ? and key > ? and blob_id is not null and sequence = ${newest}
    order by key limit ?`);
  const versions = database.prepare(`
    select *, sequence = ${newest} as is_latest from versions as v
    where bucket = ? and key >= ? and key < ? and (key > ? or (key = ? and sequence < ?))
    order by key, sequence desc limit ?`);
  return {
    objects: ({ bucket, prefix, limit }, afterKey) =>
      objects
        .all(bucket, keyBytes(prefix), endOfPrefix(prefix), keyBytes(afterKey), limit)
        .map((row) => versionOfRow(row))
        .filter((version) => !version.isDeleteMarker),
    versions: ({ bucket, prefix, limit }, afterKey, afterSequence) =>
      versions
        .all(
          bucket,
          keyBytes(prefix),
          endOfPrefix(prefix),
          keyBytes(afterKey),
          keyBytes(afterKey),
          afterSequence,
          limit,
        )
        .map((row) => ({ version: versionOfRow(row), isLatest: row.is_latest === 1 })),
  };
}
