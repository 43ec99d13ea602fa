import type { DatabaseSync } from 'node:sqlite';

export interface OutboxMessage {
  readonly queueArn: string;
  readonly body: string;
}

export interface StoredMessage extends OutboxMessage {
  readonly id: number;
}

/** Messages written in the transaction of the change they tell of, and kept until they were delivered. */
export interface Outbox {
  add(message: OutboxMessage): void;
  /** The oldest messages with an id over `afterId`. */
  next(afterId: number, limit: number): readonly StoredMessage[];
  remove(id: number): void;
}

export function openOutbox(database: DatabaseSync): Outbox {
  const insert = database.prepare('insert into outbox (queue_arn, body) values (?, ?)');
  const next = database.prepare('select * from outbox where id > ? order by id limit ?');
  const remove = database.prepare('delete from outbox where id = ?');
  return {
    add: ({ queueArn, body }) => void insert.run(queueArn, body),
    next: (afterId, limit) =>
      next.all(afterId, limit).map((row) => ({
        id: Number(row.id),
        queueArn: String(row.queue_arn),
        body: String(row.body),
      })),
    remove: (id) => void remove.run(id),
  };
}
