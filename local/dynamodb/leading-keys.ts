import { type Refusal, refuse } from '../aws-json/refusal.ts';
import { isObject, type Json, type JsonObject } from '../template/json.ts';
import type { TablePlan } from './plan.ts';

/** The name of the partition key of a table or of one of its indexes. */
export const partitionKeyOf = (table: TablePlan | undefined, indexName?: string): string | undefined => {
  const index = table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === indexName);
  const keys = indexName === undefined ? table?.KeySchema : index?.KeySchema;
  return keys?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
};

/** `{ "S": "a" }`: the text of a key's value, which is a string, a number or bytes in base64. */
const textOf = (value: Json | undefined): string | undefined => {
  const [text] = isObject(value) ? Object.values(value) : [];
  return typeof text === 'string' ? text : undefined;
};

const keyIn = (item: Json | undefined, name: string): string | undefined =>
  isObject(item) ? textOf(item[name]) : undefined;

const itemsOfBatch = (requests: Json | undefined): readonly (Json | undefined)[] => {
  if (isObject(requests)) return Array.isArray(requests.Keys) ? requests.Keys : [];
  const writes: readonly Json[] = Array.isArray(requests) ? requests : [];
  return writes.flatMap((write) => {
    if (!isObject(write)) return [];
    const { PutRequest: put, DeleteRequest: remove } = write;
    return [isObject(put) ? put.Item : undefined, isObject(remove) ? remove.Key : undefined].filter(Boolean);
  });
};

/** `#pk = :pk` anywhere in a key condition; comparisons are none. */
const equality = /(?<![\w#.])(?<name>#?\w+)\s*=\s*(?<value>:\w+)/g;

/** The value that the key condition of a Query holds the partition key to. */
const keyOfQuery = (body: JsonObject, name: string): string | undefined => {
  const {
    KeyConditionExpression: expression,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  } = body;
  const given = [...String(expression ?? '').matchAll(equality)].flatMap(({ groups }) => {
    const written = groups?.name ?? '';
    const meant = written.startsWith('#') && isObject(names) ? names[written] : written;
    return meant === name ? [keyIn(values, groups?.value ?? '')] : [];
  });
  return given.length === 1 ? given[0] : undefined;
};

/**
 * `dynamodb:LeadingKeys` of a call: the partition keys that it names ("Using IAM policy conditions for fine-grained
 * access control"). Scan and the calls about tables name none. A call whose keys cannot be told is refused: without
 * them, `ForAllValues` would let it through.
 */
export const leadingKeysOf = (
  operation: string,
  body: JsonObject,
  table: TablePlan | undefined,
): readonly string[] | Refusal => {
  const { IndexName: index } = body;
  const name = partitionKeyOf(table, typeof index === 'string' ? index : undefined);
  if (name === undefined) return [];
  const keys = keysOf(operation, body, String(table?.TableName), name);
  if (keys === undefined) return [];
  if (keys.every((key) => key !== undefined)) return [...new Set(keys)];
  return refuse('ValidationException', `The local DynamoDB cannot tell which ${name} this ${operation} is for.`);
};

const keysOf = (
  operation: string,
  body: JsonObject,
  tableName: string,
  name: string,
): readonly (string | undefined)[] | undefined => {
  switch (operation) {
    case 'GetItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [keyIn(body.Key, name)];
    case 'PutItem':
      return [keyIn(body.Item, name)];
    case 'Query':
      return [keyOfQuery(body, name)];
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return itemsOfBatch(isObject(body.RequestItems) ? body.RequestItems[tableName] : undefined).map((item) =>
        keyIn(item, name),
      );
    default:
      return undefined;
  }
};
