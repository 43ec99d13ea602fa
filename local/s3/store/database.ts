import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { addLateColumns } from './late-columns.ts';
import { multipartSchema } from './multipart-schema.ts';
import { schema } from './schema.ts';

export const databaseFile = (dataDirectory: string): string => join(dataDirectory, 'metadata.sqlite');

/**
 * Commits are on the disk when they return (WAL, synchronous=FULL), so what was acknowledged survives a crash. The
 * lock is held as long as the database is open: a second process on the same folder would remove the first one's
 * uploads as left-overs.
 */
export function openDatabase(dataDirectory: string): DatabaseSync {
  const path = databaseFile(dataDirectory);
  const database = new DatabaseSync(path);
  try {
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full;');
    transaction(database, () => {
      database.exec(schema + multipartSchema);
      addLateColumns(database);
    });
  } catch (error) {
    database.close();
    const message = `The local S3 could not open ${path}. Stop the other process that uses this folder, or choose another folder.`;
    throw new Error(message, { cause: error });
  }
  return database;
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
