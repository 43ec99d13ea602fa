import type { DatabaseSync } from 'node:sqlite';
import type { AnyObjectVersion } from './object-version.ts';
import { commonPrefixOf, endOfPrefix, type Listed, type Page, readPage, type Scan, startOfPage } from './page.ts';
import { keyBytes, versionOfRow } from './version-row.ts';

export interface ListedVersion {
  readonly key: string;
  readonly version: AnyObjectVersion;
  readonly isLatest: boolean;
}

export interface Listings {
  /** Current versions that are not delete markers, by key; only what comes after the key or common prefix `after`. */
  objects(page: Page, after: string): Listed<AnyObjectVersion>;
  /**
   * All versions by key, newest first. Starts after the key or common prefix `after` or, where a sequence is given, in
   * the middle of that key, after the version that has it.
   */
  versions(page: Page, after: string, afterSequence: number): Listed<ListedVersion>;
}

const newest = '(select max(sequence) from versions as other where other.bucket = v.bucket and other.key = v.key)';

/** Every scan is a walk along `versions_by_key` from where the page begins. */
export const scans = {
  objects: `select * from versions as v
    where bucket = ? and key >= ? and key < ? and blob_id is not null and sequence = ${newest}
    order by key`,
  versions: `select *, sequence = ${newest} as is_latest from versions as v
    where bucket = ? and key >= ? and key < ?
    order by key, sequence desc`,
  olderVersions: `select *, sequence = ${newest} as is_latest from versions as v
    where bucket = ? and key = ? and sequence < ?
    order by sequence desc`,
} as const;

export function openListings(database: DatabaseSync): Listings {
  const objects = database.prepare(scans.objects);
  const versions = database.prepare(scans.versions);
  const olderVersions = database.prepare(scans.olderVersions);
  return {
    objects: (page, after) => {
      const end = endOfPrefix(page.prefix);
      const scan: Scan = (from) => objects.iterate(page.bucket, from, end);
      return readPage(page, startOfPage(page, after), scan, (row) => versionOfRow(row));
    },
    versions: (page, after, afterSequence) => {
      const start = startOfPage(page, after);
      const end = endOfPrefix(page.prefix);
      const isInKey = after.startsWith(page.prefix) && commonPrefixOf(after, page) === undefined;
      const scan = function* (from: Uint8Array) {
        if (from === start && isInKey) yield* olderVersions.iterate(page.bucket, keyBytes(after), afterSequence);
        yield* versions.iterate(page.bucket, from, end);
      };
      return readPage(page, start, scan, (row) => {
        const version = versionOfRow(row);
        return { key: version.key, version, isLatest: row.is_latest === 1 };
      });
    },
  };
}
