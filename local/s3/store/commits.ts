import { open } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { logFile } from './database.ts';
import { shareSync } from './shared-sync.ts';

export interface Commits {
  /**
   * Runs synchronous work on the metadata at once, as a whole or not at all, and resolves when it is on the disk, with
   * all that it saw. Only then may anybody be told.
   */
  commit<Value>(work: () => Value): Promise<Value>;
  /** The same, but it is on the disk only with what is committed next. */
  transaction<Value>(work: () => Value): Value;
  close(): Promise<void>;
}

/**
 * Group commit: those who write at the same time share one transaction and one sync of the log. Each has a savepoint of
 * its own, so what fails takes nothing else with it.
 */
export async function openCommits(database: DatabaseSync, dataDirectory: string): Promise<Commits> {
  const log = await open(logFile(dataDirectory), 'r+');
  let isOpen = false;
  const isLost = (): boolean => isOpen && !database.isTransaction;
  const end = (): void => {
    const wasOpen = isOpen;
    isOpen = false;
    if (!wasOpen) return;
    if (!database.isTransaction) throw lostTransaction();
    try {
      database.exec('commit');
    } catch (error) {
      if (database.isTransaction) database.exec('rollback');
      throw error;
    }
  };
  const sync = shareSync(async () => {
    end();
    await log.datasync();
  });
  const transaction = <Value>(work: () => Value): Value => {
    if (isLost()) throw lostTransaction();
    if (!isOpen) database.exec('begin immediate');
    isOpen = true;
    database.exec('savepoint work');
    try {
      const value = work();
      database.exec('release work');
      return value;
    } catch (error) {
      if (database.isTransaction) database.exec('rollback to work; release work');
      throw error;
    }
  };
  return {
    transaction,
    commit: async (work) => {
      const value = transaction(work);
      await sync();
      return value;
    },
    close: async () => {
      await sync();
      await log.close();
    },
  };
}

/** "If the transaction is rolled back automatically" (lang_transaction.html): then nobody's work is there any more. */
const lostTransaction = (): Error => new Error('SQLite rolled the transaction back that others had begun.');
