import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { tableKeys } from '../../../contract/storage.ts';
import type { DocumentRecord, DocumentRef } from '../../domain/document.ts';
import type { HistoryEntry } from '../../domain/history.ts';
import type { Table } from './documents.ts';
import { changeItem, historyEntryOf } from './items.ts';
import { historyPartition } from './keys.ts';

/** Appends, and never replaces: an entry that is there already was written by an earlier try, the same to the letter. */
export const append = async ({ client, tableName }: Table, item: Record<string, unknown>): Promise<void> => {
  const put = new PutCommand({
    TableName: tableName,
    Item: item,
    ConditionExpression: `attribute_not_exists(${tableKeys.partitionKey})`,
  });
  await client.send(put).catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
};

export const appendLastChange = (table: Table, record: DocumentRecord): Promise<void> =>
  append(table, changeItem(record));

/** The entries that were appended. The record's last change is not among them until the next one replaces it. */
export const readHistory = async ({ client, tableName }: Table, ref: DocumentRef): Promise<HistoryEntry[]> => {
  const entries: HistoryEntry[] = [];
  const query = {
    TableName: tableName,
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': tableKeys.partitionKey },
    ExpressionAttributeValues: { ':pk': historyPartition(ref) },
    ConsistentRead: true,
  };
  for await (const { Items = [] } of paginateQuery({ client }, query)) entries.push(...Items.map(historyEntryOf));
  return entries;
};
