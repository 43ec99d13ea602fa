import { DatabaseSync } from 'node:sqlite';

/** One event on its way to one target of one rule. */
export interface Delivery {
  readonly id: number;
  readonly ruleArn: string;
  readonly targetArn: string;
  /** The event, as JSON. */
  readonly event: string;
  /** How many invocations failed so far. */
  readonly failures: number;
}

/** What is on its way, and when schedules are due. Durable when a call returns. */
export interface EventStore {
  /** All of them or none. */
  add(deliveries: readonly Pick<Delivery, 'ruleArn' | 'targetArn' | 'event'>[], dueAt: Date): void;
  due(now: Date): readonly Delivery[];
  remove(id: number): void;
  postpone(id: number, failures: number, dueAt: Date): void;
  /** When the first delivery that is not due yet will be. */
  nextDueAt(now: Date): Date | undefined;
  scheduledAt(ruleArn: string): Date | undefined;
  /** Moves a schedule on and adds what it started, both or neither. */
  schedule(ruleArn: string, next: Date, started: readonly Pick<Delivery, 'ruleArn' | 'targetArn' | 'event'>[]): void;
  close(): void;
}

/** Times are milliseconds since 1970. */
const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    rule_arn TEXT NOT NULL,
    target_arn TEXT NOT NULL,
    event TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS schedules (rule_arn TEXT PRIMARY KEY, next_at INTEGER NOT NULL) STRICT;
`;

const prepare = (database: DatabaseSync) => ({
  insert: database.prepare('INSERT INTO deliveries (rule_arn, target_arn, event, due_at) VALUES (?, ?, ?, ?)'),
  due: database.prepare(
    `SELECT id, rule_arn AS ruleArn, target_arn AS targetArn, event, failures
     FROM deliveries WHERE due_at <= ? ORDER BY id`,
  ),
  remove: database.prepare('DELETE FROM deliveries WHERE id = ?'),
  postpone: database.prepare('UPDATE deliveries SET failures = ?, due_at = ? WHERE id = ?'),
  nextDueAt: database.prepare('SELECT min(due_at) AS dueAt FROM deliveries WHERE due_at > ?'),
  scheduledAt: database.prepare('SELECT next_at AS nextAt FROM schedules WHERE rule_arn = ?'),
  schedule: database.prepare('INSERT INTO schedules VALUES (?1, ?2) ON CONFLICT (rule_arn) DO UPDATE SET next_at = ?2'),
});

const dateOf = (value: unknown): Date | undefined => (value == null ? undefined : new Date(Number(value)));

export const openEventStore = (file: string): EventStore => {
  const database = new DatabaseSync(file);
  database.exec(schema);
  const statements = prepare(database);

  const inTransaction = (work: () => void): void => {
    database.exec('BEGIN IMMEDIATE');
    try {
      work();
      database.exec('COMMIT');
    } catch (cause) {
      database.exec('ROLLBACK');
      throw cause;
    }
  };

  const insertAll = (deliveries: Parameters<EventStore['add']>[0], dueAt: Date): void => {
    for (const { ruleArn, targetArn, event } of deliveries)
      statements.insert.run(ruleArn, targetArn, event, dueAt.getTime());
  };

  return {
    add: (deliveries, dueAt) => {
      if (deliveries.length > 0) inTransaction(() => insertAll(deliveries, dueAt));
    },
    due: (now) => statements.due.all(now.getTime()) as unknown as Delivery[],
    remove: (id) => void statements.remove.run(id),
    postpone: (id, failures, dueAt) => void statements.postpone.run(failures, dueAt.getTime(), id),
    nextDueAt: (now) => dateOf(statements.nextDueAt.get(now.getTime())?.dueAt),
    scheduledAt: (ruleArn) => dateOf(statements.scheduledAt.get(ruleArn)?.nextAt),
    schedule: (ruleArn, next, started) =>
      inTransaction(() => {
        statements.schedule.run(ruleArn, next.getTime());
        insertAll(started, new Date(0));
      }),
    close: () => database.close(),
  };
};
