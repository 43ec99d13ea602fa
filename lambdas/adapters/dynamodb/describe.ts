import type { DocumentRecord, MetadataChange } from '../../domain/document.ts';
import type { Documents } from '../../ports.ts';
import type { Table } from './documents.ts';
import { append } from './history.ts';
import { metadataChangeItem } from './items.ts';
import { type RecordUpdate, updateRecord } from './update-record.ts';

const updateOf = (
  { lastChange, lastMetadataChange }: DocumentRecord,
  metadata: DocumentRecord['metadata'],
  change: MetadataChange,
): RecordUpdate => ({
  ConditionExpression: [
    'lastChange.revision = :revision',
    lastMetadataChange === undefined
      ? 'attribute_not_exists(lastMetadataChange)'
      : 'lastMetadataChange.metadataRevision = :metadataRevisionBefore',
  ].join(' AND '),
  UpdateExpression:
    metadata === undefined
      ? 'SET lastMetadataChange = :change REMOVE metadata'
      : 'SET lastMetadataChange = :change, metadata = :metadata',
  ExpressionAttributeValues: {
    ':revision': lastChange.revision,
    ':change': change,
    ...(lastMetadataChange !== undefined && { ':metadataRevisionBefore': lastMetadataChange.metadataRevision }),
    ...(metadata !== undefined && { ':metadata': metadata }),
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
