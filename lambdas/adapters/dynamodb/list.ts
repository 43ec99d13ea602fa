import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentPage, PlaceQuery } from '../../ports.ts';
import type { Table } from './documents.ts';
import { indexOf, partitionsOf } from './keys.ts';
import { readRecords } from './read-records.ts';

/** One page: the ids from the index (keys only), then the records strongly consistent, so no state in it is old. */
export const list = async (table: Table, query: PlaceQuery): Promise<DocumentPage> => {
  const { place, limit, from } = query;
  // The newest of all shards are among the newest of each. One more than asked for tells whether there is another page.
  const shards = await Promise.all(partitionsOf(place).map((shard) => queryIds(table, query, shard, limit + 1)));
  const ids = shards
    .flat()
    .filter((id) => from === undefined || id >= from)
    .sort((one, other) => (one < other ? 1 : -1));
  const pageIds = ids.slice(0, limit);
  const last = pageIds.at(-1);
  const records = await readRecords(table, place.tenantId, pageIds);
  return { records, ...(ids.length > limit && last !== undefined && { nextBefore: last }) };
};

const queryIds = async (
  { client, tableName }: Table,
  { place, before }: PlaceQuery,
  partition: string,
  limit: number,
): Promise<string[]> => {
  const { indexName, partitionKey, sortKey } = indexOf(place);
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: indexName,
      KeyConditionExpression: before === undefined ? '#place = :place' : '#place = :place AND #id < :before',
      ExpressionAttributeNames: { '#place': partitionKey, ...(before !== undefined && { '#id': sortKey }) },
      ExpressionAttributeValues: { ':place': partition, ...(before !== undefined && { ':before': before }) },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items.map((item) => String(item[sortKey]));
};
