import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestCloud } from '../../../support/cloud.ts';

/** The queue as it lies on the disk, where also messages that are held can be seen. */
export const openQueue = ({ dataDirectory }: TestCloud, queueArn: string) => {
  const database = new DatabaseSync(join(dataDirectory, 'queues.sqlite'), { timeout: 5000 });
  const find = database.prepare('SELECT 1 FROM messages WHERE queue_arn = ? AND instr(body, ?) > 0');
  const insert = database.prepare(
    'INSERT INTO messages (queue_arn, message_id, body, sent_at, visible_at) VALUES (?, ?, ?, ?, ?)',
  );
  const release = database.prepare('UPDATE messages SET visible_at = ? WHERE queue_arn = ? AND receive_count > 0');
  return {
    /** As if the visibility timeout of all that are held were over. */
    release: (): void => void release.run(Date.now(), queueArn),
    holds: (text: string): boolean => find.get(queueArn, text) !== undefined,
    send: (body: string): void => void insert.run(queueArn, randomUUID(), body, Date.now(), Date.now()),
    close: () => database.close(),
  };
};
