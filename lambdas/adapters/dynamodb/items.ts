import { ownerIndex } from '../../../contract/storage.ts';
import type { DocumentRecord } from '../../domain/document.ts';
import { documentKey, historyKey, ownerIndexKey } from './keys.ts';

/** The item of a record: its attributes as they are, plus the keys it is found by. */
export const documentItem = (record: DocumentRecord) => ({
  ...record,
  ...documentKey(record),
  ...ownerIndexKey(record.tenantId, record.ownerId),
});

/** The table holds only what `documentItem` and transitions wrote, so reading it is taking the keys away. */
export const recordOf = (item: Record<string, unknown>): DocumentRecord => {
  const { pk: _pk, sk: _sk, [ownerIndex.partitionKey]: _owner, ...record } = item;
  return record as unknown as DocumentRecord;
};

export const historyItem = (record: DocumentRecord) => ({
  ...historyKey(record, record.lastChange),
  ...record.lastChange,
  ...(record.versionId !== undefined && { versionId: record.versionId }),
});
