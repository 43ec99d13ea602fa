import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * All versions of all secrets in one SQLite file. Times are milliseconds since 1970. A version without a value is one
 * that a rotation has begun and not yet filled. A stage is on one version of a secret at a time ("Secret versions" of
 * the user guide). The days until the next rotation count from `counted_from`.
 */
const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS versions (
    secret_arn TEXT NOT NULL,
    version_id TEXT NOT NULL,
    value TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (secret_arn, version_id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS stages (
    secret_arn TEXT NOT NULL,
    stage TEXT NOT NULL,
    version_id TEXT NOT NULL,
    PRIMARY KEY (secret_arn, stage)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS rotations (
    secret_arn TEXT PRIMARY KEY,
    counted_from INTEGER NOT NULL
  ) STRICT;
`;

/** For the eyes of its owner: files that SQLite makes beside it get the same mode. */
export const openSecretStore = (file: string): DatabaseSync => {
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file);
  database.exec(schema);
  return database;
};

/** All of `work` or nothing of it. */
export const inTransaction = (database: DatabaseSync, work: () => void): void => {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (cause) {
    database.exec('ROLLBACK');
    throw cause;
  }
};
