import { parametersOf } from '../aws-json/parameters.ts';
import type { Wanted } from '../aws-json/protocol.ts';
import { type Refusal, refuse } from '../aws-json/refusal.ts';
import { isObject, type JsonObject } from '../template/json.ts';

type Resources = (body: JsonObject) => readonly string[];

const table: Resources = ({ TableName: name }) => (typeof name === 'string' ? [`table/${name}`] : []);

const tableOrIndex: Resources = (body) => {
  const { IndexName: index } = body;
  return table(body).map((resource) => (typeof index === 'string' ? `${resource}/index/${index}` : resource));
};

const batchTables: Resources = ({ RequestItems: items }) =>
  isObject(items) ? Object.keys(items).map((name) => `table/${name}`) : [];

/** What each operation works on ("Actions, resources, and condition keys for Amazon DynamoDB"). */
const operations: ReadonlyMap<string, Resources> = new Map([
  ['BatchGetItem', batchTables],
  ['BatchWriteItem', batchTables],
  ['CreateTable', table],
  ['DeleteItem', table],
  ['DescribeTable', table],
  ['GetItem', table],
  ['PutItem', table],
  ['Query', tableOrIndex],
  ['Scan', tableOrIndex],
  ['UpdateItem', table],
]);

/** Parameters that policies may ask for under the same name. */
const conditionParameters = ['ReturnConsumedCapacity', 'ReturnValues', 'Select'];

/** Reads `X-Amz-Target: DynamoDB_20120810.OPERATION` and the body. Whatever is not known is refused. */
export const wantedOf = (target: string | undefined, body: Buffer): Wanted | Refusal => {
  const [, operation = ''] = /^DynamoDB_20120810\.(\w+)$/.exec(target ?? '') ?? [];
  const resourcesOf = operations.get(operation);
  if (resourcesOf === undefined) {
    return refuse('UnknownOperationException', 'The local DynamoDB does not know this operation. Use AWS to try it.');
  }
  const parameters = parametersOf(body);
  if (parameters === undefined) return refuse('SerializationException', 'The body is not a JSON object.');
  const resources = resourcesOf(parameters);
  if (resources.length === 0) return refuse('ValidationException', 'The request names no table.');
  const conditions = conditionParameters.flatMap((name) => {
    const value = parameters[name];
    return typeof value === 'string' ? [[`dynamodb:${name}`, value] as const] : [];
  });
  return { action: `dynamodb:${operation}`, resources, conditions: Object.fromEntries(conditions) };
};
