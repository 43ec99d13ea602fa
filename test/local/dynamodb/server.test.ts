import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TablePlan } from '../../../local/dynamodb/plan.ts';
import { type LocalDynamoDb, startLocalDynamoDb } from '../../../local/dynamodb/server.ts';

const table: TablePlan = {
  TableName: 'documents',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'ownerPk', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byOwner',
      KeySchema: [{ AttributeName: 'ownerPk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};

const credentials = { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const principal = { arn: 'arn:aws:sts::111122223333:assumed-role/reader/function', accountId: '111122223333' };

let directory: string;
let dynamodb: LocalDynamoDb | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealdrop-dynamodb-'));
});

afterEach(async () => {
  await dynamodb?.close();
  rmSync(directory, { recursive: true });
});

const start = async (plan: TablePlan = table) => {
  dynamodb = await startLocalDynamoDb({
    dataDirectory: join(directory, 'dynamodb'),
    region: 'eu-west-1',
    tables: [plan],
    credentials: (id) => (id === credentials.accessKeyId ? { ...credentials, principal } : undefined),
    authorize: () => ({ allowed: true }),
  });
  return new DynamoDBClient({
    endpoint: dynamodb.origin,
    region: 'eu-west-1',
    credentials,
  });
};

const stop = async () => {
  await dynamodb?.close();
  dynamodb = undefined;
};

describe('the local DynamoDB', () => {
  it('has the tables and indexes of the template, and keeps items through a restart', async () => {
    const before = await start();
    await before.send(
      new PutItemCommand({ TableName: 'documents', Item: { pk: { S: 'a' }, ownerPk: { S: 'owner' } } }),
    );
    await stop();

    const after = await start();

    const { Item } = await after.send(new GetItemCommand({ TableName: 'documents', Key: { pk: { S: 'a' } } }));
    expect(Item).toEqual({ pk: { S: 'a' }, ownerPk: { S: 'owner' } });
    const { Items } = await after.send(
      new QueryCommand({
        TableName: 'documents',
        IndexName: 'byOwner',
        KeyConditionExpression: 'ownerPk = :owner',
        ExpressionAttributeValues: { ':owner': { S: 'owner' } },
      }),
    );
    expect(Items).toEqual([{ pk: { S: 'a' }, ownerPk: { S: 'owner' } }]);
  });

  it('lets no page of a browser in, whoever signed', async () => {
    await start();
    const { origin = '' } = dynamodb ?? {};
    for (const method of ['OPTIONS', 'POST']) {
      const answer = await fetch(origin, { method, headers: { origin: 'https://evil.example' } });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      await answer.body?.cancel();
    }
  });

  it('is on 127.0.0.1 only', async () => {
    await start();
    // Another address of the same loopback interface: a server on all interfaces would answer.
    await expect(fetch(`${dynamodb?.origin.replace('127.0.0.1', '127.0.0.2')}`)).rejects.toThrow();
  });

  it('refuses a data folder whose table has other indexes, and says what to do', async () => {
    await start();
    await stop();
    const { GlobalSecondaryIndexes: _, ...withoutIndex } = table;

    await expect(start(withoutIndex)).rejects.toThrow(/documents.*other keys or indexes.*--fresh/);
  });
});
