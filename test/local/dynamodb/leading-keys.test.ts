import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../local/aws-json/refusal.ts';
import { wantedOf } from '../../../local/dynamodb/operations.ts';
import type { TablePlan } from '../../../local/dynamodb/plan.ts';
import { evaluate } from '../../../local/iam/evaluate.ts';
import { compilePolicy } from '../../../local/iam/policy.ts';
import type { JsonObject } from '../../../local/template/json.ts';

const table = (TableName: string, ...keys: string[]): TablePlan => ({
  TableName,
  AttributeDefinitions: [],
  KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byOwner',
      KeySchema: [
        { AttributeName: 'documentId', KeyType: 'RANGE' },
        { AttributeName: 'ownerPk', KeyType: 'HASH' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
});

const wanted = wantedOf([table('documents', 'pk', 'sk'), table('people', 'id')]);
const call = (operation: string, body: JsonObject) =>
  wanted(`DynamoDB_20120810.${operation}`, Buffer.from(JSON.stringify({ TableName: 'documents', ...body })));

const keyOf = (pk: string): JsonObject => ({ pk: { S: pk }, sk: { S: 'DOC' } });
const query = (KeyConditionExpression: string, names: JsonObject, values: JsonObject, more: JsonObject = {}) => ({
  KeyConditionExpression,
  ExpressionAttributeNames: names,
  ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([name, S]) => [name, { S }])),
  ...more,
});

/** What is asked of a policy that lets through only what begins with `D#`. */
const allowed = (operation: string, body: JsonObject): boolean => {
  const questions = call(operation, body);
  if (isRefusal(questions)) return false;
  const policy = compilePolicy(
    {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 'dynamodb:*',
        Resource: '*',
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['D#*'] } },
      },
    },
    'reader',
  );
  const principal = { arn: 'arn:aws:iam::111122223333:role/reader', accountId: '111122223333' };
  return questions.every(({ action, resources, conditions }) =>
    resources.every(
      (resource) =>
        evaluate({ principal, action, resource, conditions }, { identityPolicies: [policy], resourcePolicies: [] })
          .allowed,
    ),
  );
};

/** Bodies of calls about one partition, by its key. */
const calls: Readonly<Record<string, readonly [operation: string, bodyOf: (pk: string) => JsonObject]>> = {
  GetItem: ['GetItem', (pk) => ({ Key: keyOf(pk) })],
  PutItem: ['PutItem', (pk) => ({ Item: { ...keyOf(pk), more: { S: 'D#' } } })],
  UpdateItem: ['UpdateItem', (pk) => ({ Key: keyOf(pk), UpdateExpression: 'SET a = :a' })],
  DeleteItem: ['DeleteItem', (pk) => ({ Key: keyOf(pk) })],
  'Query of the table': ['Query', (pk) => query('#p = :p', { '#p': 'pk' }, { ':p': pk })],
  'Query with bare names': ['Query', (pk) => query('pk = :p AND sk >= :s', {}, { ':p': pk, ':s': 'D#' })],
  'Query in another order': [
    'Query',
    (pk) => query('sk BETWEEN :a AND :b AND pk=:p', {}, { ':a': 'D#', ':b': 'D#', ':p': pk }),
  ],
  'Query with both equal': ['Query', (pk) => query('sk = :s AND (#p = :p)', { '#p': 'pk' }, { ':s': 'D#', ':p': pk })],
  'Query of the index': [
    'Query',
    (pk) =>
      query('#o = :o AND documentId < :b', { '#o': 'ownerPk' }, { ':o': pk, ':b': 'D#' }, { IndexName: 'byOwner' }),
  ],
  BatchGetItem: ['BatchGetItem', (pk) => ({ RequestItems: { documents: { Keys: [keyOf('D#1'), keyOf(pk)] } } })],
  'BatchWriteItem with a put': [
    'BatchWriteItem',
    (pk) => ({
      RequestItems: { documents: [{ DeleteRequest: { Key: keyOf('D#1') } }, { PutRequest: { Item: keyOf(pk) } }] },
    }),
  ],
  'BatchWriteItem with a deletion': [
    'BatchWriteItem',
    (pk) => ({ RequestItems: { documents: [{ DeleteRequest: { Key: keyOf(pk) } }] } }),
  ],
};

describe('dynamodb:LeadingKeys', () => {
  it.each(Object.entries(calls))('lets %s through for its own partitions and no other', (_, [operation, bodyOf]) => {
    expect(allowed(operation, bodyOf('D#1'))).toBe(true);
    expect(allowed(operation, bodyOf('H#1'))).toBe(false);
  });

  it('holds every key of a batch once, and those of each table for itself', () => {
    const RequestItems = {
      documents: { Keys: [keyOf('D#1'), keyOf('D#2'), keyOf('D#1')] },
      people: { Keys: [{ id: { N: '7' } }] },
    };
    expect(call('BatchGetItem', { RequestItems })).toMatchObject([
      { resources: ['table/documents'], conditions: { 'dynamodb:LeadingKeys': ['D#1', 'D#2'] } },
      { resources: ['table/people'], conditions: { 'dynamodb:LeadingKeys': ['7'] } },
    ]);
  });

  it('is not told of a scan, which ForAllValues lets through, as on AWS', () => {
    expect(call('Scan', {})).toMatchObject([{ conditions: { 'dynamodb:LeadingKeys': [] } }]);
  });

  it.each<[string, string, JsonObject]>([
    ['an item without its key', 'PutItem', { Item: { sk: { S: 'a' } } }],
    ['a query without a condition', 'Query', {}],
    ['a query by comparison', 'Query', query('pk >= :p', {}, { ':p': 'D#' })],
    ['a query of another attribute', 'Query', query('sk = :p', {}, { ':p': 'D#' })],
    ['a query that names it twice', 'Query', query('pk = :a AND pk = :b', {}, { ':a': 'D#', ':b': 'H#' })],
    ['a query of the old form', 'Query', { KeyConditions: { pk: { ComparisonOperator: 'EQ' } } }],
    ['a batch with no key', 'BatchGetItem', { RequestItems: { documents: { Keys: [{}] } } }],
  ])('refuses %s, because no key would let it through', (_, operation, body) => {
    expect(call(operation, body)).toMatchObject({ code: 'ValidationException' });
  });
});
