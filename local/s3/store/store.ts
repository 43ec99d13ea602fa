import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { StartProblem } from '../../problem.ts';
import { type BucketRows, openBucketRows } from '../buckets/rows.ts';
import { objectsFolder, openFileBlobs } from './blobs.ts';
import { type Commits, openCommits } from './commits.ts';
import { type Completions, openCompletions } from './completions.ts';
import { databaseFile, openDatabase } from './database.ts';
import { inlineBlobs } from './inline-blobs.ts';
import { type JoinedBlobs, joinBlobs } from './joined-blobs.ts';
import { type Listings, openListings } from './listings.ts';
import { type ObjectParts, openObjectParts } from './object-parts.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { openParts, type Parts } from './parts.ts';
import { openSegments, type Segments } from './segments.ts';
import { openUploads, type Uploads } from './uploads.ts';
import { openVersions, type Versions } from './versions.ts';

/** One data folder: the bytes of larger objects in files, everything else in SQLite. */
export interface Store extends Pick<Commits, 'commit' | 'transaction'> {
  readonly blobs: JoinedBlobs;
  readonly bucketRows: BucketRows;
  readonly versions: Versions;
  readonly listings: Listings;
  readonly outbox: Outbox;
  readonly uploads: Uploads;
  readonly parts: Parts;
  readonly completions: Completions;
  readonly segments: Segments;
  readonly objectParts: ObjectParts;
  close(): Promise<void>;
}

export async function openStore(dataDirectory: string): Promise<Store> {
  await mkdir(dataDirectory, { recursive: true });
  await checkNothingIsLost(dataDirectory);
  const database = openDatabase(dataDirectory);
  const versions = openVersions(database);
  const parts = openParts(database);
  const segments = openSegments(database);
  const objectParts = openObjectParts(database);
  const isReferenced = (id: string): boolean => versions.isReferenced(id) || parts.isReferenced(id);
  const files = await openFileBlobs(dataDirectory, (id) => isReferenced(id) || segments.isReferenced(id));
  const commits = await openCommits(database, dataDirectory);
  const blobs = joinBlobs(
    inlineBlobs(files, database, commits.transaction),
    segments,
    isReferenced,
    objectParts.remove,
    commits.commit,
  );
  return {
    blobs,
    bucketRows: openBucketRows(database),
    versions,
    listings: openListings(database),
    outbox: openOutbox(database),
    uploads: openUploads(database),
    parts,
    completions: openCompletions(database),
    segments,
    objectParts,
    commit: commits.commit,
    transaction: commits.transaction,
    close: async () => {
      await blobs.close();
      await commits.close();
      database.close();
    },
  };
}

/** Bytes that no metadata mentions are left-overs and are removed; without any metadata, all of them would be. */
async function checkNothingIsLost(dataDirectory: string): Promise<void> {
  const [database, objects] = [databaseFile(dataDirectory), objectsFolder(dataDirectory)];
  if (existsSync(database) || !existsSync(objects) || (await readdir(objects)).length === 0) return;
  throw new StartProblem(
    `${objects} holds the bytes of objects, but ${database}, which says whose they are, is gone. Put it back, or start with --fresh to begin with empty data.`,
  );
}
