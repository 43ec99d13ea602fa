import type { DocumentRecord } from './document.ts';
import type { HistoryEntry } from './history.ts';

/**
 * The whole history: what was appended, and the record's last change, which is appended only before another replaces
 * it. A crash between the two leaves it in both places; it is told once.
 */
export const completeHistory = (record: DocumentRecord, appended: readonly HistoryEntry[]): readonly HistoryEntry[] => {
  const { revision } = record.lastChange;
  const isLast = (entry: HistoryEntry) => entry.kind === 'change' && entry.revision === revision;
  const before = appended.filter((entry) => entry.revision < revision);
  const since = appended.filter((entry) => entry.revision >= revision && !isLast(entry));
  return [...before, { kind: 'change', ...record.lastChange }, ...since];
};
