import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  type Projection,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { TemplateError } from '../template/errors.ts';
import type { TablePlan } from './plan.ts';

type Keys = TablePlan['KeySchema'];

interface Index {
  readonly IndexName?: string | undefined;
  readonly KeySchema?: Keys;
  readonly Projection?: Projection | undefined;
}

/** Keys and indexes in one comparable text, whatever the order they are given in. */
const shapeOf = (keys: Keys, indexes: readonly Index[] = []): string => {
  const sorted = (schema: Keys = []) =>
    schema.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).sort();
  const texts = indexes.map(({ IndexName, KeySchema, Projection: projection }) =>
    JSON.stringify([IndexName, sorted(KeySchema), projection?.ProjectionType, projection?.NonKeyAttributes ?? []]),
  );
  return JSON.stringify([sorted(keys), texts.sort()]);
};

const describeTable = async (client: DynamoDBClient, TableName: string | undefined) => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (cause) {
    if (cause instanceof ResourceNotFoundException) return undefined;
    throw cause;
  }
};

const ensureTable = async (client: DynamoDBClient, plan: TablePlan): Promise<void> => {
  const existing = await describeTable(client, plan.TableName);
  if (existing === undefined) {
    await client.send(new CreateTableCommand({ ...plan, BillingMode: 'PAY_PER_REQUEST' }));
    return;
  }
  const found = shapeOf(existing.KeySchema, existing.GlobalSecondaryIndexes);
  if (found !== shapeOf(plan.KeySchema, plan.GlobalSecondaryIndexes)) {
    throw new TemplateError(
      `The table ${plan.TableName} in the data folder has other keys or indexes than the template. ` +
        'Start with --fresh to begin with empty data, or with --data and another folder.',
    );
  }
};

/** Makes the tables that are missing. An existing one must have the keys and indexes of the template. */
export const ensureTables = async (config: DynamoDBClientConfig, plans: readonly TablePlan[]): Promise<void> => {
  const client = new DynamoDBClient(config);
  try {
    await Promise.all(plans.map((plan) => ensureTable(client, plan)));
  } finally {
    client.destroy();
  }
};
