import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dueIndex } from '../../../contract/storage.ts';
import type { DueQuery, DueRef } from '../../ports.ts';
import type { Table } from './documents.ts';
import { dueRefOf, dueShardKey } from './keys.ts';

/** The longest overdue records and counters of one shard. RFC 3339 times of one form sort as they follow each other. */
export const listDue = async (
  { client, tableName }: Table,
  { shard, now, limit }: DueQuery,
): Promise<readonly DueRef[]> => {
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
  return Items.flatMap((item) => dueRefOf(item) ?? []);
};
