import { tableIndexes } from '../../../contract/storage.ts';
import { metadataEntry, momentOf } from '../../domain/complete-history.ts';
import type { DocumentRecord, DocumentRef, MetadataChange } from '../../domain/document.ts';
import type { DownloadIssued, HistoryEntry } from '../../domain/history.ts';
import { documentKey, dueIndexKey, historyKey, listKeys } from './keys.ts';

/** The item of a record: its attributes as they are, plus the keys it is found by. */
export const documentItem = (record: DocumentRecord) => ({
  ...record,
  ...documentKey(record),
  ...listKeys(record),
  ...dueIndexKey(record),
});

/** The table holds only what `documentItem` and transitions wrote, so reading it is taking the keys away. */
export const recordOf = (item: Record<string, unknown>): DocumentRecord => {
  const { pk: _pk, sk: _sk, ...attributes } = item;
  for (const { partitionKey } of tableIndexes) delete attributes[partitionKey];
  return attributes as unknown as DocumentRecord;
};

export const changeItem = (record: DocumentRecord) => ({
  ...historyKey(record, record.lastChange.revision),
  kind: 'change' as const,
  ...record.lastChange,
});

/** Two links of one request are one entry: a retried request is one request. */
export const downloadItem = (ref: DocumentRef, entry: DownloadIssued) => ({
  ...historyKey(ref, entry.revision, momentOf(entry)),
  kind: 'download-issued' as const,
  ...entry,
});

export const metadataChangeItem = (ref: DocumentRef, change: MetadataChange) => ({
  ...historyKey(ref, change.revision, momentOf(change)),
  ...metadataEntry(change),
});

export const historyEntryOf = (item: Record<string, unknown>): HistoryEntry => {
  const { pk: _pk, sk: _sk, ...entry } = item;
  return entry as unknown as HistoryEntry;
};
