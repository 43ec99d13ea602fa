import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { tableIndexes, tableKeys } from '../../contract/storage.ts';

type Item = Readonly<Record<string, unknown>> | undefined;

/** The entry an item has in an index of keys only; undefined where it lacks one of the keys. */
const entryOf = (item: Item, { partitionKey, sortKey }: (typeof tableIndexes)[number]): string | undefined => {
  const [partition, sort] = [item?.[partitionKey], item?.[sortKey]];
  return partition === undefined || sort === undefined ? undefined : JSON.stringify([partition, sort]);
};

/**
 * What a write costs in the indexes, which the emulator does not count (DynamoDB developer guide, "Write capacity units
 * for global secondary indexes"): one unit to add an entry, one to remove it, both where its keys change.
 */
export const indexWriteUnits = (before: Item, after: Item): number =>
  tableIndexes.reduce((units, index) => {
    const [old, young] = [entryOf(before, index), entryOf(after, index)];
    if (old === young) return units;
    return units + Number(old !== undefined) + Number(young !== undefined);
  }, 0);

/** An item as it is, read beside the meter. */
export const itemOf = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  key: Readonly<Record<string, unknown>>,
): Promise<Item> => {
  const Key = Object.fromEntries(Object.values(tableKeys).map((name) => [name, key[name]]));
  return (await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))).Item;
};
