import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartProblem } from '../../problem.ts';
import { bucketsSchema } from '../buckets/schema.ts';
import { addLateColumns } from './late-columns.ts';
import { multipartSchema } from './multipart-schema.ts';
import { schema } from './schema.ts';

/** To be raised with every change of the tables; 0 are folders from before it was written down. */
const schemaVersion = 1;

export const databaseFile = (dataDirectory: string): string => join(dataDirectory, 'metadata.sqlite');

/** The write-ahead log of SQLite: a commit is on the disk once this file is synced. */
export const logFile = (dataDirectory: string): string => `${databaseFile(dataDirectory)}-wal`;

/**
 * With `synchronous = normal` SQLite syncs the log before it moves pages out of it, and leaves the sync of each commit
 * to us (`commits.ts`). The lock is held as long as the database is open: a second process on the same folder would
 * remove the first one's uploads as left-overs.
 */
export function openDatabase(dataDirectory: string): DatabaseSync {
  const path = databaseFile(dataDirectory);
  const database = new DatabaseSync(path);
  try {
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = normal;');
    refuseNewer(database, path);
    transaction(database, () => {
      database.exec(schema + multipartSchema + bucketsSchema);
      addLateColumns(database);
      database.exec(`pragma user_version = ${schemaVersion}`);
    });
  } catch (error) {
    database.close();
    if (error instanceof StartProblem) throw error;
    const message = `The local S3 could not open ${path}. Stop the other process that uses this folder, or choose another folder.`;
    throw new Error(message, { cause: error });
  }
  return database;
}

/** Older folders are brought up to date; what a newer one means cannot be known. */
function refuseNewer(database: DatabaseSync, path: string): void {
  const version = Number(database.prepare('pragma user_version').get()?.user_version);
  if (version <= schemaVersion) return;
  throw new StartProblem(
    `${path} was written by a newer version of the local S3 (format ${version}, this one knows ${schemaVersion}). Run that version, or start with --fresh to begin with empty data.`,
  );
}

/** All of it or nothing; `work` is synchronous, so nothing else runs in between. */
export function transaction<Value>(database: DatabaseSync, work: () => Value): Value {
  database.exec('begin immediate');
  try {
    const value = work();
    database.exec('commit');
    return value;
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}
