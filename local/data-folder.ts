import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartProblem } from './problem.ts';

/** Says that a folder is ours. `format` changes when older data can no longer be read. */
const marker = { name: 'sealdrop-data.json', content: '{"format":1}\n' };
const lockName = 'lock.sqlite';
const secretName = 'secret';

/** A data folder that nobody else uses while we hold it. */
export interface DataFolder {
  readonly directory: string;
  /** Known to nobody else; the credentials of roles are made of it. */
  readonly secret: string;
  release(): void;
}

const sqliteBusy = 5;

const isBusy = (cause: unknown): boolean =>
  cause instanceof Error && 'errcode' in cause && cause.errcode === sqliteBusy;

/** An exclusive lock that the operating system takes back when the process ends, however it ends. */
const lock = (directory: string): DatabaseSync => {
  const database = new DatabaseSync(join(directory, lockName));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
    return database;
  } catch (cause) {
    database.close();
    if (!isBusy(cause)) throw cause;
    throw new StartProblem(
      `Another Sealdrop is using ${directory}. Stop it, or start this one with --data and another folder.`,
    );
  }
};

/** Level by level: `recursive` of Node never ends where the system says of every folder that it cannot be (/proc). */
const makeDirectory = (directory: string): void => {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return;
  if (!existsSync(dirname(directory))) makeDirectory(dirname(directory));
  mkdirSync(directory, { mode: 0o700 });
};

/** Never touches a folder that holds something and is not ours. */
const claim = (directory: string): void => {
  makeDirectory(directory);
  const file = join(directory, marker.name);
  if (!existsSync(file)) {
    if (readdirSync(directory).length > 0) {
      throw new StartProblem(
        `${directory} holds other files, so it is not used for data. Give an empty or a new folder with --data.`,
      );
    }
    writeFileSync(file, marker.content);
  }
  if (readFileSync(file, 'utf8') !== marker.content) {
    throw new StartProblem(
      `The data in ${directory} is of another version of Sealdrop. Give another folder with --data.`,
    );
  }
};

const empty = (directory: string): void => {
  for (const name of readdirSync(directory)) {
    if (name !== marker.name && name !== lockName) rmSync(join(directory, name), { recursive: true });
  }
};

/** A start that was killed may have left a file without its content. */
const readSecret = (directory: string): string => {
  const file = join(directory, secretName);
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (/^[0-9a-f]{64}$/.test(kept)) return kept;
  const secret = randomBytes(32).toString('hex');
  writeFileSync(file, secret, { mode: 0o600 });
  return secret;
};

const explain = (directory: string, cause: unknown): unknown =>
  cause instanceof Error && 'code' in cause && 'syscall' in cause
    ? new StartProblem(
        `The data folder ${directory} cannot be used (${cause.code}). Check that it is a folder you may write to, or give another one with --data.`,
      )
    : cause;

/**
 * Takes a folder for the data of one local cloud; makes it where it is missing. `fresh` empties it first.
 * @throws StartProblem where it is not ours, in use, or cannot be read or written.
 */
export const openDataFolder = (directory: string, { fresh = false }: { readonly fresh?: boolean } = {}): DataFolder => {
  try {
    claim(directory);
    using cleanup = new DisposableStack();
    const held = lock(directory);
    cleanup.defer(() => held.close());
    if (fresh) empty(directory);
    const folder = { directory, secret: readSecret(directory), release: () => held.close() };
    cleanup.move();
    return folder;
  } catch (cause) {
    throw explain(directory, cause);
  }
};
