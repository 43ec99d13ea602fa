import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import type { StoredMessage } from './store.ts';

/** A queue as the template configures it. */
export interface QueueConfig {
  readonly arn: string;
  readonly delaySeconds: number;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  /** After that many receives without a deletion, a message goes to the dead-letter queue. */
  readonly redrive?: { readonly deadLetterQueueArn: string; readonly receiveCountMax: number };
}

export interface Queue {
  readonly config: QueueConfig;
  /** Durable when it returns. */
  send(body: string): void;
  /** Messages nobody holds, oldest first; the caller holds them for the visibility timeout. */
  receive(countMax: number): readonly StoredMessage[];
  /** Ignores the handle of a message that someone received since, as SQS does. */
  delete(receiptHandle: string): void;
  /** How many messages are visible, and when the first was or will be. */
  peek(): { readonly visible: number; readonly firstVisibleAt: number | undefined };
  /** How many messages there are, held ones included. */
  size(): number;
  /** Calls back whenever there may be something to receive. */
  onSent(listener: () => void): void;
}

/** Nobody can still hold a message of a process that is gone: what was in flight is visible again at once. */
export const releaseHeld = (database: DatabaseSync, now: Date): void => {
  database
    .prepare('UPDATE messages SET visible_at = :now WHERE visible_at > :now AND receive_count > 0')
    .run({ now: now.getTime() });
};

const prepare = (database: DatabaseSync) => ({
  insert: database.prepare(
    'INSERT INTO messages (queue_arn, message_id, body, sent_at, visible_at) VALUES (?, ?, ?, ?, ?)',
  ),
  expire: database.prepare('DELETE FROM messages WHERE queue_arn = ? AND sent_at <= ?'),
  redrive: database.prepare(
    `UPDATE messages SET queue_arn = :deadLetterQueueArn, receive_count = 0, first_received_at = NULL,
       receipt_handle = NULL
     WHERE queue_arn = :arn AND visible_at <= :now AND receive_count >= :receiveCountMax`,
  ),
  select: database.prepare(
    'SELECT sequence FROM messages WHERE queue_arn = ? AND visible_at <= ? ORDER BY sequence LIMIT ?',
  ),
  hold: database.prepare(
    `UPDATE messages SET visible_at = ?, receive_count = receive_count + 1, receipt_handle = ?,
       first_received_at = coalesce(first_received_at, ?)
     WHERE sequence = ?
     RETURNING message_id AS messageId, receipt_handle AS receiptHandle, body, sent_at AS sentAt,
       receive_count AS receiveCount, first_received_at AS firstReceivedAt`,
  ),
  delete: database.prepare('DELETE FROM messages WHERE queue_arn = ? AND receipt_handle = ?'),
  peek: database.prepare(
    `SELECT count(*) FILTER (WHERE visible_at <= ?) AS visible, min(visible_at) AS firstVisibleAt
     FROM messages WHERE queue_arn = ?`,
  ),
  size: database.prepare('SELECT count(*) AS size FROM messages WHERE queue_arn = ?'),
});

const seconds = (count: number): number => count * 1000;

/** `sent` carries the ARN of a queue whenever a message comes into it. */
export const createQueue = (
  config: QueueConfig,
  database: DatabaseSync,
  clock: Clock,
  sent: EventEmitter<Record<string, []>>,
): Queue => {
  const { arn, redrive } = config;
  const statements = prepare(database);
  const now = () => clock.now().getTime();

  const redriveOverdue = () => {
    if (redrive === undefined) return;
    const { changes } = statements.redrive.run({ ...redrive, arn, now: now() });
    if (changes > 0) sent.emit(redrive.deadLetterQueueArn);
  };

  return {
    config,
    send: (body) => {
      const sentAt = now();
      statements.insert.run(arn, randomUUID(), body, sentAt, sentAt + seconds(config.delaySeconds));
      sent.emit(arn);
    },
    receive: (countMax) => {
      statements.expire.run(arn, now() - seconds(config.retentionSeconds));
      redriveOverdue();
      return statements.select.all(arn, now(), countMax).map(({ sequence }) => {
        const heldUntil = now() + seconds(config.visibilityTimeoutSeconds);
        return statements.hold.get(heldUntil, randomUUID(), now(), sequence ?? null) as unknown as StoredMessage;
      });
    },
    delete: (receiptHandle) => {
      statements.delete.run(arn, receiptHandle);
    },
    peek: () => {
      const { visible, firstVisibleAt } = statements.peek.get(now(), arn) ?? {};
      return { visible: Number(visible), firstVisibleAt: firstVisibleAt == null ? undefined : Number(firstVisibleAt) };
    },
    size: () => Number(statements.size.get(arn)?.size),
    onSent: (listener) => {
      sent.on(arn, listener);
    },
  };
};
