import { parametersOf } from '../aws-json/parameters.ts';
import type { Wanted } from '../aws-json/protocol.ts';
import { isRefusal, type Refusal, refuse } from '../aws-json/refusal.ts';
import { isObject, type JsonObject } from '../template/json.ts';
import { leadingKeysOf } from './leading-keys.ts';
import type { TablePlan } from './plan.ts';

/** The tables, or the one index, that a call works on. */
type Resources = (body: JsonObject) => readonly { readonly tableName: string; readonly path: string }[];

const named = (tableName: string, suffix = '') => ({ tableName, path: `table/${tableName}${suffix}` });

const table: Resources = ({ TableName: name }) => (typeof name === 'string' ? [named(name)] : []);

const tableOrIndex: Resources = ({ TableName: name, IndexName: index }) =>
  typeof name === 'string' ? [named(name, typeof index === 'string' ? `/index/${index}` : '')] : [];

const batchTables: Resources = ({ RequestItems: items }) =>
  isObject(items) ? Object.keys(items).map((name) => named(name)) : [];

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

const parameterConditions = (parameters: JsonObject) =>
  Object.fromEntries(
    conditionParameters.flatMap((name) => {
      const value = parameters[name];
      return typeof value === 'string' ? [[`dynamodb:${name}`, value] as const] : [];
    }),
  );

/**
 * Reads `X-Amz-Target: DynamoDB_20120810.OPERATION` and the body. Whatever is not known is refused. Of a batch, each
 * table is asked about with its own keys.
 */
export const wantedOf =
  (tables: readonly TablePlan[]) =>
  (target: string | undefined, body: Buffer): readonly Wanted[] | Refusal => {
    const [, operation = ''] = /^DynamoDB_20120810\.(\w+)$/.exec(target ?? '') ?? [];
    const resourcesOf = operations.get(operation);
    if (resourcesOf === undefined) {
      return refuse('UnknownOperationException', 'The local DynamoDB does not know this operation. Use AWS to try it.');
    }
    const parameters = parametersOf(body);
    if (parameters === undefined) return refuse('SerializationException', 'The body is not a JSON object.');
    const resources = resourcesOf(parameters);
    if (resources.length === 0) return refuse('ValidationException', 'The request names no table.');
    const wanted: Wanted[] = [];
    for (const { tableName, path } of resources) {
      const plan = tables.find(({ TableName }) => TableName === tableName);
      const keys = leadingKeysOf(operation, parameters, plan);
      if (isRefusal(keys)) return keys;
      const conditions = { ...parameterConditions(parameters), 'dynamodb:LeadingKeys': keys };
      wanted.push({ action: `dynamodb:${operation}`, resources: [path], conditions });
    }
    return wanted;
  };
