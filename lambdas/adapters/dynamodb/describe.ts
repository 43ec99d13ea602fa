import { subjectIndex } from '../../../contract/storage.ts';
import type { DocumentRecord, MetadataChange } from '../../domain/document.ts';
import type { Documents } from '../../ports.ts';
import type { Table } from './documents.ts';
import { append } from './history.ts';
import { metadataChangeItem } from './items.ts';
import { subjectPartition } from './keys.ts';
import { type RecordUpdate, updateRecord } from './update-record.ts';

const updateOf = (
  { tenantId, lastChange, lastMetadataChange }: DocumentRecord,
  metadata: DocumentRecord['metadata'],
  change: MetadataChange,
): RecordUpdate => ({
  ConditionExpression: [
    'lastChange.revision = :revision',
    lastMetadataChange === undefined
      ? 'attribute_not_exists(lastMetadataChange)'
      : 'lastMetadataChange.metadataRevision = :metadataRevisionBefore',
  ].join(' AND '),
  // The subject's list follows in the same write: a document is in the list that its metadata says, or in none.
  UpdateExpression: [
    'SET lastMetadataChange = :change',
    ...(metadata === undefined ? [] : [', metadata = :metadata']),
    ...(metadata?.subject === undefined ? [] : [', #subject = :subject']),
    ...(metadata?.subject === undefined ? [' REMOVE #subject'] : []),
    ...(metadata === undefined ? [', metadata'] : []),
  ].join(''),
  ExpressionAttributeNames: { '#subject': subjectIndex.partitionKey },
  ExpressionAttributeValues: {
    ':revision': lastChange.revision,
    ':change': change,
    ...(lastMetadataChange !== undefined && { ':metadataRevisionBefore': lastMetadataChange.metadataRevision }),
    ...(metadata !== undefined && { ':metadata': metadata }),
    ...(metadata?.subject !== undefined && { ':subject': subjectPartition(tenantId, metadata.subject) }),
  },
});

/** What the change replaces goes into the history before, as with changes of state. */
export const describe = async (
  table: Table,
  ...[record, metadata, change]: Parameters<Documents['describe']>
): ReturnType<Documents['describe']> => {
  const { lastMetadataChange } = record;
  if (lastMetadataChange !== undefined) await append(table, metadataChangeItem(record, lastMetadataChange));
  return updateRecord(table, record, updateOf(record, metadata, change));
};
