import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dueIndex, tableKeys } from '../../../contract/storage.ts';
import type { DocumentRef } from '../../domain/document.ts';
import type { DueQuery } from '../../ports.ts';
import type { Table } from './documents.ts';
import { documentOfKey, dueShardKey } from './keys.ts';

/** The longest overdue records of one shard. RFC 3339 times of one form sort as they follow each other. */
export const listDue = async (
  { client, tableName }: Table,
  { shard, now, limit }: DueQuery,
): Promise<readonly DocumentRef[]> => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: dueIndex.indexName,
      KeyConditionExpression: '#shard = :shard AND #due <= :now',
      ExpressionAttributeNames: { '#shard': dueIndex.partitionKey, '#due': dueIndex.sortKey },
      ExpressionAttributeValues: { ':shard': dueShardKey(shard), ':now': now.toISOString() },
      Limit: limit,
    }),
  );
  return Items.flatMap((item) => documentOfKey(item[tableKeys.partitionKey]) ?? []);
};
