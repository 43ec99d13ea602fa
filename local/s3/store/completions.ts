import type { DatabaseSync } from 'node:sqlite';
import { keyBytes } from './version-row.ts';

/** How long whoever lost the answer may ask for it again. */
const keptInMilliseconds = 24 * 60 * 60 * 1000;

/** A completed upload: completing it again in the same way gives the same answer. */
export interface Completion {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  /** The parts that were asked for, in a form that equal requests share. */
  readonly parts: string;
  readonly answer: string;
}

export interface Completions {
  /** Forgets those that are older than a day. */
  add(completion: Completion, completedAt: Date): void;
  /** The answer that was given to exactly this. */
  find(completion: Omit<Completion, 'answer'>): string | undefined;
}

export function openCompletions(database: DatabaseSync): Completions {
  const insert = database.prepare('insert into completions values (?, ?, ?, ?, ?, ?)');
  const expire = database.prepare('delete from completions where completed_ms < ?');
  const find = database.prepare(`
    select answer from completions where upload_id = ? and bucket = ? and key = ? and parts = ?`);
  return {
    add: ({ uploadId, bucket, key, parts, answer }, completedAt) => {
      expire.run(completedAt.getTime() - keptInMilliseconds);
      insert.run(uploadId, bucket, keyBytes(key), parts, answer, completedAt.getTime());
    },
    find: ({ uploadId, bucket, key, parts }) => {
      const row = find.get(uploadId, bucket, keyBytes(key), parts);
      return row && String(row.answer);
    },
  };
}
