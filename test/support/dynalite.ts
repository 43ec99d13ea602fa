import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { dueIndex, ownerIndex, tableKeys } from '../../contract/storage.ts';

const tableName = 'documents';

const keySchema = (partitionKey: string, sortKey: string) => [
  { AttributeName: partitionKey, KeyType: 'HASH' as const },
  { AttributeName: sortKey, KeyType: 'RANGE' as const },
];

/** A table of the project's keys in a DynamoDB emulator of its own, in memory. */
export const startTable = async () => {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const raw = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' },
  });
  await raw.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        tableKeys.partitionKey,
        tableKeys.sortKey,
        ownerIndex.partitionKey,
        ownerIndex.sortKey,
        dueIndex.partitionKey,
        dueIndex.sortKey,
      ].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keySchema(tableKeys.partitionKey, tableKeys.sortKey),
      GlobalSecondaryIndexes: [ownerIndex, dueIndex].map(({ indexName, partitionKey, sortKey }) => ({
        IndexName: indexName,
        KeySchema: keySchema(partitionKey, sortKey),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    }),
  );
  const client = DynamoDBDocumentClient.from(raw, { marshallOptions: { removeUndefinedValues: true } });
  return {
    raw,
    client,
    tableName,
    close: async () => {
      client.destroy();
      raw.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
