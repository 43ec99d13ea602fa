import { ownerIndex, tableKeys } from '../../../contract/storage.ts';
import type { Change, DocumentRef } from '../../domain/document.ts';

/** Every key of the table is made here. `#` cannot occur in a tenant id, so partitions never meet. */

const documentPartition = ({ tenantId, documentId }: DocumentRef): string => `T#${tenantId}#D#${documentId}`;

export const documentKey = (ref: DocumentRef) => ({
  [tableKeys.partitionKey]: documentPartition(ref),
  [tableKeys.sortKey]: 'DOC',
});

/** The revision makes the key the same however often the item is written. */
export const historyKey = (ref: DocumentRef, change: Change) => ({
  [tableKeys.partitionKey]: documentPartition(ref),
  [tableKeys.sortKey]: `H#${change.at}#${String(change.revision).padStart(6, '0')}`,
});

export const ownerPartition = (tenantId: string, ownerId: string): string => `T#${tenantId}#O#${ownerId}`;

export const ownerIndexKey = (tenantId: string, ownerId: string) => ({
  [ownerIndex.partitionKey]: ownerPartition(tenantId, ownerId),
});
