import type { DatabaseSync } from 'node:sqlite';
import { randomBytes } from '../random-bytes.ts';
import type { AnyObjectVersion, ObjectContent, Tags, VersionRef } from './object-version.ts';
import { keyBytes, versionOfRow } from './version-row.ts';

export interface Versions {
  /** The newest version of a key, which may be a delete marker. */
  current(bucket: string, key: string): AnyObjectVersion | undefined;
  find(ref: VersionRef): AnyObjectVersion | undefined;
  /** Adds the newest version; `content` undefined makes a delete marker. */
  add(ref: VersionRef, lastModified: Date, content: ObjectContent | undefined): AnyObjectVersion;
  remove(ref: VersionRef): void;
  setTags(ref: VersionRef, tags: Tags): void;
  setStorageClass(ref: VersionRef, storageClass: string): void;
  isReferenced(blobId: string): boolean;
  nextSequence(): number;
}

/** Opaque, 32 characters: nothing may be learned from a version id, not even which one came first. */
export const newVersionId = (): string => randomBytes(24).toString('base64url');

export function openVersions(database: DatabaseSync): Versions {
  const current = database.prepare(
    'select * from versions where bucket = ? and key = ? order by sequence desc limit 1',
  );
  const find = database.prepare('select * from versions where bucket = ? and key = ? and version_id = ?');
  const insert = database.prepare('insert into versions values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('delete from versions where bucket = ? and key = ? and version_id = ?');
  const setTags = database.prepare('update versions set tags = ? where bucket = ? and key = ? and version_id = ?');
  const setStorageClass = database.prepare(`
    update versions set attributes = json_set(attributes, '$.storageClass', ?)
    where bucket = ? and key = ? and version_id = ?`);
  const byBlob = database.prepare('select 1 from versions where blob_id = ?');
  const advance = database.prepare('update sequence set value = value + 1 returning value');
  const nextSequence = (): number => Number(advance.get()?.value);
  return {
    nextSequence,
    current: (bucket, key) => versionOfRow(current.get(bucket, keyBytes(key))),
    find: ({ bucket, key, versionId }) => versionOfRow(find.get(bucket, keyBytes(key), versionId)),
    add: (ref, lastModified, content) => {
      const version = { ...ref, sequence: nextSequence(), lastModified };
      insert.run(
        version.sequence,
        ref.bucket,
        keyBytes(ref.key),
        ref.versionId,
        lastModified.getTime(),
        content?.blobId ?? null,
        content?.sizeBytes ?? 0,
        content?.md5 ?? '',
        JSON.stringify(content?.attributes ?? {}),
        JSON.stringify(content?.tags ?? {}),
      );
      return content ? { ...version, ...content, isDeleteMarker: false } : { ...version, isDeleteMarker: true };
    },
    remove: ({ bucket, key, versionId }) => void remove.run(bucket, keyBytes(key), versionId),
    setTags: ({ bucket, key, versionId }, tags) =>
      void setTags.run(JSON.stringify(tags), bucket, keyBytes(key), versionId),
    setStorageClass: ({ bucket, key, versionId }, storageClass) =>
      void setStorageClass.run(storageClass, bucket, keyBytes(key), versionId),
    isReferenced: (blobId) => byBlob.get(blobId) !== undefined,
  };
}
