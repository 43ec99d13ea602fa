import { DatabaseSync } from 'node:sqlite';

/**
 * The messages of all queues in one SQLite file. Times are milliseconds since 1970. A message is visible from
 * `visible_at` on; receiving it moves that into the future and gives it a new receipt handle, so that only the last
 * receiver can delete it (SQS developer guide, "Amazon SQS visibility timeout").
 */
const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS messages (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    queue_arn TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0,
    first_received_at INTEGER,
    receipt_handle TEXT UNIQUE
  ) STRICT;
  CREATE INDEX IF NOT EXISTS by_visibility ON messages (queue_arn, visible_at);
`;

export interface StoredMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly sentAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt: number;
}

export const openMessageStore = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file);
  database.exec(schema);
  return database;
};
