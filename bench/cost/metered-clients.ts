import type { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { indexWriteUnits, itemOf } from './index-writes.ts';
import { type Meter, s3Item } from './usage.ts';

interface Capacity {
  readonly CapacityUnits?: number;
}

interface WriteInput {
  readonly TableName?: string;
  readonly Key?: Readonly<Record<string, unknown>>;
  readonly Item?: Readonly<Record<string, unknown>>;
}

const isRead = /^(Get|BatchGet|Query|Scan)/;

/** Has every answer of DynamoDB say what it cost, and counts that and what its indexes cost besides. */
export const meterDynamoDb = (client: DynamoDBDocumentClient, unmetered: DynamoDBDocumentClient, meter: Meter): void =>
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const input = { ...(args.input as WriteInput), ReturnConsumedCapacity: 'TOTAL' };
        const look = () => itemOf(unmetered, input.TableName ?? '', input.Key ?? input.Item ?? {});
        const isWrite = !isRead.test(commandName);
        const before = isWrite ? await look() : undefined;
        const answer = await next({ ...args, input } as typeof args);
        const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: Capacity | Capacity[] };
        const all = ConsumedCapacity === undefined ? [] : [ConsumedCapacity].flat();
        if (all.length === 0) throw new Error(`DynamoDB did not say what ${commandName} cost.`);
        const units = all.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        if (isWrite) meter.add('dynamodbWriteUnits', units + indexWriteUnits(before, await look()));
        else meter.add('dynamodbReadUnits', units);
        return answer;
      },
    { step: 'initialize', name: 'meter', priority: 'high' },
  );

/** Counts every request of an S3 client by what S3 bills for it. */
export const meterS3 = (client: S3Client, meter: Meter): void =>
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        countS3(meter, commandName.replace(/Command$/, ''));
        return next(args);
      },
    { step: 'build', name: 'meter' },
  );

/** CloudTrail's data events are of objects, so of everything but lists. */
export const countS3 = (meter: Meter, operation: string): void => {
  const item = s3Item(operation);
  if (item !== undefined) meter.add(item);
  if (!operation.startsWith('List')) meter.add('cloudTrailDataEvents');
};
