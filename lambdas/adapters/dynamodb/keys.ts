import { dueIndex, ownerIndex, partitionPrefixes, tableKeys } from '../../../contract/storage.ts';
import type { DocumentRef } from '../../domain/document.ts';

/** Every key of the table is made here. `#` cannot occur in a tenant id, so partitions never meet. */

export const documentKey = ({ tenantId, documentId }: DocumentRef) => ({
  [tableKeys.partitionKey]: `${partitionPrefixes.document}${tenantId}#${documentId}`,
  [tableKeys.sortKey]: 'DOC',
});

/** The document of a key that `documentKey` made; undefined for any other item. */
export const documentOfKey = (partition: unknown): DocumentRef | undefined => {
  const [, tenantId, documentId] = /^D#([^#]+)#([^#]+)$/.exec(String(partition)) ?? [];
  return tenantId !== undefined && documentId !== undefined ? { tenantId, documentId } : undefined;
};

export const historyPartition = ({ tenantId, documentId }: DocumentRef): string =>
  `${partitionPrefixes.history}${tenantId}#${documentId}`;

/**
 * By revision, and within one by what happened while it held: `detail` is empty for the change itself. The same entry
 * has the same key however often it is written.
 */
export const historyKey = (ref: DocumentRef, revision: number, detail = '') => ({
  [tableKeys.partitionKey]: historyPartition(ref),
  [tableKeys.sortKey]: `${String(revision).padStart(6, '0')}#${detail}`,
});

export const dueShardKey = (shard: number): string => `DUE#${shard.toString(16)}`;

/** The last digit of a UUIDv7 is random: the shards fill evenly. */
export const dueIndexKey = ({ documentId }: Pick<DocumentRef, 'documentId'>) => ({
  [dueIndex.partitionKey]: `DUE#${documentId.slice(-1)}`,
});

export const ownerPartition = (tenantId: string, ownerId: string): string => `T#${tenantId}#O#${ownerId}`;

export const ownerIndexKey = (tenantId: string, ownerId: string) => ({
  [ownerIndex.partitionKey]: ownerPartition(tenantId, ownerId),
});
