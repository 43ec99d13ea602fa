import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { meterDynamoDb } from '../../bench/cost/metered-clients.ts';
import { createMeter } from '../../bench/cost/usage.ts';
import { startTable } from '../support/dynalite.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.close());

it('a write is counted with what it costs in the indexes, and the looks that tell that are not', async () => {
  const meter = createMeter();
  const metered = table.connect();
  meterDynamoDb(metered, table.client, meter);
  const item = { pk: 'D#t#d', sk: 'DOC', ownerPk: 'T#t#O#o', documentId: 'd' };
  await metered.send(new PutCommand({ TableName: table.tableName, Item: item }));
  expect(meter.read()).toMatchObject({ dynamodbWriteUnits: 2, dynamodbReadUnits: 0 });

  const Key = { pk: item.pk, sk: item.sk };
  await metered.send(new GetCommand({ TableName: table.tableName, Key, ConsistentRead: true }));
  expect(meter.read()).toMatchObject({ dynamodbWriteUnits: 0, dynamodbReadUnits: 1 });
});
