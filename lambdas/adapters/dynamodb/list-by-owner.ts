import { setTimeout } from 'node:timers/promises';
import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ownerIndex } from '../../../contract/storage.ts';
import type { DocumentRecord } from '../../domain/document.ts';
import type { DocumentPage, Documents } from '../../ports.ts';
import type { Table } from './documents.ts';
import { recordOf } from './items.ts';
import { documentKey, ownerPartition } from './keys.ts';

type OwnerQuery = Parameters<Documents['listByOwner']>[0];

/** One page: the ids from the index (keys only), then the records strongly consistent, so no state in it is old. */
export const listByOwner = async (table: Table, query: OwnerQuery): Promise<DocumentPage> => {
  // One more than asked for tells whether there is another page.
  const ids = await queryIds(table, query, query.limit + 1);
  const pageIds = ids.slice(0, query.limit);
  const records = await readRecords(table, query.tenantId, pageIds);
  const last = pageIds.at(-1);
  return { records, ...(ids.length > pageIds.length && last !== undefined && { nextBefore: last }) };
};

const queryIds = async ({ client, tableName }: Table, query: OwnerQuery, limit: number): Promise<string[]> => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: ownerIndex.indexName,
      KeyConditionExpression: query.before === undefined ? '#owner = :owner' : '#owner = :owner AND #id < :before',
      ExpressionAttributeNames: {
        '#owner': ownerIndex.partitionKey,
        ...(query.before !== undefined && { '#id': ownerIndex.sortKey }),
      },
      ExpressionAttributeValues: {
        ':owner': ownerPartition(query.tenantId, query.ownerId),
        ...(query.before !== undefined && { ':before': query.before }),
      },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items.map((item) => String(item[ownerIndex.sortKey]));
};

/** BatchGetItem answers in any order and may leave keys for later (`UnprocessedKeys`) when it is throttled. */
const readRecords = async (
  { client, tableName }: Table,
  tenantId: string,
  documentIds: readonly string[],
): Promise<DocumentRecord[]> => {
  const byId = new Map<string, DocumentRecord>();
  let keys: Record<string, unknown>[] = documentIds.map((documentId) => documentKey({ tenantId, documentId }));
  for (let attempt = 0; keys.length > 0; attempt += 1) {
    if (attempt === readAttemptsMax) throw new UnreadKeysError();
    if (attempt > 0) await setTimeout(Math.random() * 50 * 2 ** attempt);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys: keys, ConsistentRead: true } } }),
    );
    for (const item of Responses?.[tableName] ?? []) byId.set(String(item.documentId), recordOf(item));
    keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return documentIds.flatMap((documentId) => byId.get(documentId) ?? []);
};

const readAttemptsMax = 5;

/** Throttled, attempt after attempt: worth another try later, as the SDK's own errors of this kind are. */
class UnreadKeysError extends Error {
  readonly $retryable = { throttling: true };

  constructor() {
    super('The table left records of a list unread.');
    this.name = 'UnreadKeysError';
  }
}
