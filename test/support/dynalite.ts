import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { tableIndexes, tableKeys } from '../../contract/storage.ts';
import { marshallOptions } from '../../lambdas/adapters/dynamodb/marshalling.ts';

const tableName = 'documents';

const keySchema = (partitionKey: string, sortKey: string) => [
  { AttributeName: partitionKey, KeyType: 'HASH' as const },
  { AttributeName: sortKey, KeyType: 'RANGE' as const },
];

const keyNames = ({ partitionKey, sortKey }: { partitionKey: string; sortKey: string }) => [partitionKey, sortKey];

const createTable = async (raw: DynamoDBClient): Promise<void> => {
  const { TableNames = [] } = await raw.send(new ListTablesCommand({}));
  if (TableNames.includes(tableName)) return;
  await raw.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...new Set([tableKeys, ...tableIndexes].flatMap(keyNames))].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: keySchema(tableKeys.partitionKey, tableKeys.sortKey),
      GlobalSecondaryIndexes: tableIndexes.map(({ indexName, partitionKey, sortKey }) => ({
        IndexName: indexName,
        KeySchema: keySchema(partitionKey, sortKey),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    }),
  );
  await waitUntilTableExists({ client: raw, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 10 }, { TableName: tableName });
};

/**
 * A table of the project's keys in a DynamoDB emulator of its own, in memory or in a folder; what is in the folder is
 * there again.
 */
export const startTable = async ({ path }: { readonly path?: string } = {}) => {
  const server = dynalite({ createTableMs: 0, ...(path !== undefined && { path }) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const clients: DynamoDBClient[] = [];
  const newClient = (): DynamoDBClient => {
    const raw = new DynamoDBClient({
      endpoint: origin,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' },
    });
    clients.push(raw);
    return raw;
  };
  await createTable(newClient());
  // A document client has the middleware of what it is made from: each is made from one of its own.
  const connect = () => DynamoDBDocumentClient.from(newClient(), { marshallOptions });
  return {
    origin,
    client: connect(),
    /** Another client, whose middleware is its own. */
    connect,
    tableName,
    close: async () => {
      for (const client of clients) client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
