import type { SQLOutputValue } from 'node:sqlite';
import type { AnyObjectVersion, ObjectAttributes, Tags } from './object-version.ts';

export type Row = Record<string, SQLOutputValue>;

export const keyBytes = (key: string): Uint8Array => Buffer.from(key);

export const keyOf = (value: SQLOutputValue | undefined): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString() : '';

/** This store alone writes the rows, and the tables are STRICT: their columns are of the types written here. */
export function versionOfRow(row: Row): AnyObjectVersion;
export function versionOfRow(row: Row | undefined): AnyObjectVersion | undefined;
export function versionOfRow(row: Row | undefined): AnyObjectVersion | undefined {
  if (row === undefined) return undefined;
  const version = {
    sequence: Number(row.sequence),
    bucket: String(row.bucket),
    key: keyOf(row.key),
    versionId: String(row.version_id),
    lastModified: new Date(Number(row.last_modified_ms)),
  };
  if (row.blob_id === null) return { ...version, isDeleteMarker: true };
  return {
    ...version,
    isDeleteMarker: false,
    blobId: String(row.blob_id),
    sizeBytes: Number(row.size_bytes),
    md5: String(row.md5),
    attributes: JSON.parse(String(row.attributes)) as ObjectAttributes,
    tags: JSON.parse(String(row.tags)) as Tags,
  };
}
