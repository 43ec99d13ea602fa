import { hash } from 'node:crypto';
import type { Subject } from '../../../contract/schemas/metadata.ts';
import {
  dueIndex,
  ownerIndex,
  partitionPrefixes,
  subjectIndex,
  tableKeys,
  tenantIndex,
} from '../../../contract/storage.ts';
import type { ClaimRef } from '../../domain/claim.ts';
import type { DocumentRecord, DocumentRef } from '../../domain/document.ts';
import type { Place } from '../../domain/place.ts';
import type { CounterRef } from '../../domain/quota.ts';
import type { DueRef } from '../../ports.ts';

/** Every key of the table is made here. `#` cannot occur in a tenant id, so partitions never meet. */

export const documentKey = ({ tenantId, documentId }: DocumentRef) => ({
  [tableKeys.partitionKey]: `${partitionPrefixes.document}${tenantId}#${documentId}`,
  [tableKeys.sortKey]: 'DOC',
});

/** By the hash of its token: whoever opens a link says nothing else, and whoever reads the table cannot open one. */
export const linkKey = (tokenHash: string) => ({
  [tableKeys.partitionKey]: `${partitionPrefixes.link}${tokenHash}`,
  [tableKeys.sortKey]: 'LINK',
});

/** By the hash of the token, as with links. */
export const uploadTokenKey = (tokenHash: string) => ({
  [tableKeys.partitionKey]: `${partitionPrefixes.uploadToken}${tokenHash}`,
  [tableKeys.sortKey]: 'UPLOAD-TOKEN',
});

export const counterPartition = (tenantId: string): string => `${partitionPrefixes.quota}${tenantId}`;

/** Subjects and keys may hold any character, and a key is nobody's business: their hash. */
export const claimKey = ({ tenantId, subjectId, key }: ClaimRef) => ({
  [tableKeys.partitionKey]: `${partitionPrefixes.claim}${tenantId}#${hash('sha256', JSON.stringify([subjectId, key]))}`,
  [tableKeys.sortKey]: 'CLAIM',
});

export const usersCounterPrefix = 'U#';

export const counterKey = ({ tenantId, ownerId }: CounterRef) => ({
  [tableKeys.partitionKey]: counterPartition(tenantId),
  [tableKeys.sortKey]: ownerId === undefined ? 'TENANT' : `${usersCounterPrefix}${ownerId}`,
});

/** What a key is of that `documentKey` or `counterKey` made; undefined for any other item. */
export const dueRefOf = (item: Record<string, unknown>): DueRef | undefined => {
  const partition = String(item[tableKeys.partitionKey]);
  const [, tenantId, documentId] = /^D#([^#]+)#([^#]+)$/.exec(partition) ?? [];
  if (tenantId !== undefined && documentId !== undefined) return { tenantId, documentId };
  return counterOfKey(partition, String(item[tableKeys.sortKey]));
};

const counterOfKey = (partition: string, sortKey: string): CounterRef | undefined => {
  if (!partition.startsWith(partitionPrefixes.quota)) return undefined;
  const tenantId = partition.slice(partitionPrefixes.quota.length);
  const isUsers = sortKey.startsWith(usersCounterPrefix);
  return { tenantId, ...(isUsers && { ownerId: sortKey.slice(usersCounterPrefix.length) }) };
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

/** Ids of people are not random at their end: their hash is. */
export const counterShardKey = (ref: CounterRef): string =>
  dueShardKey(Number.parseInt(hash('sha256', Object.values(counterKey(ref)).join('#')).slice(0, 1), 16));

const ownerPartition = (tenantId: string, ownerId: string): string => `T#${tenantId}#O#${ownerId}`;

/** `#` cannot occur in the type or the id of a subject either. */
export const subjectPartition = (tenantId: string, { type, id }: Subject): string => `T#${tenantId}#S#${type}#${id}`;

const tenantPartition = (tenantId: string, shard: number): string => `T#${tenantId}#A#${shard}`;

const tenantShards = Array.from({ length: tenantIndex.shards }, (_, shard) => shard);

/** The partitions that the index entries of a place are in. */
export const partitionsOf = (place: Place): readonly string[] => {
  if (place.kind === 'owner') return [ownerPartition(place.tenantId, place.ownerId)];
  if (place.kind === 'subject') return [subjectPartition(place.tenantId, place.subject)];
  return tenantShards.map((shard) => tenantPartition(place.tenantId, shard));
};

export const indexOf = ({ kind }: Place) => ({ owner: ownerIndex, subject: subjectIndex, tenant: tenantIndex })[kind];

/** What puts a document into the lists it belongs to. The last digit of a UUIDv7 is random: the shards fill evenly. */
export const listKeys = ({ tenantId, documentId, ownerId, metadata }: DocumentRecord) => ({
  [ownerIndex.partitionKey]: ownerPartition(tenantId, ownerId),
  [tenantIndex.partitionKey]: tenantPartition(tenantId, Number.parseInt(documentId.slice(-1), 16) % tenantIndex.shards),
  ...(metadata?.subject && { [subjectIndex.partitionKey]: subjectPartition(tenantId, metadata.subject) }),
});
