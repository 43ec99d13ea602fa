import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dueIndex, tableKeys } from '../../../contract/storage.ts';
import { type Counter, type CounterRef, noUsage, plus, recountDueAt, type Usage } from '../../domain/quota.ts';
import type { Quotas } from '../../ports.ts';
import type { Table } from './documents.ts';
import { counterKey, counterPartition, counterShardKey, usersCounterPrefix } from './keys.ts';

export interface QuotaTable extends Table {
  /** A client that sends each call once: of a call sent again nobody knows whether it was done twice. */
  readonly onceClient: DynamoDBDocumentClient;
}

const counterOf = (ref: CounterRef, item: Record<string, unknown>): Counter => {
  const { [tableKeys.partitionKey]: _pk, [tableKeys.sortKey]: _sk, [dueIndex.partitionKey]: _due, ...counter } = item;
  return { ...ref, ...counter } as Counter;
};

const find = async ({ client, tableName }: Table, ref: CounterRef): Promise<Counter | undefined> => {
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: counterKey(ref), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : counterOf(ref, Item);
};

/** Adds to a counter; one that is not there begins at nothing. */
const addition = (tableName: string, ref: CounterRef, usage: Usage, at: Date) => ({
  TableName: tableName,
  Key: counterKey(ref),
  UpdateExpression:
    'SET touchedAt = :at, dueShard = :shard, dueAt = if_not_exists(dueAt, :dueAt) ADD documents :documents, sizeBytes :sizeBytes, revision :one',
  ExpressionAttributeValues: {
    ':documents': usage.documents,
    ':sizeBytes': usage.sizeBytes,
    ':one': 1,
    ':at': at.toISOString(),
    ':shard': counterShardKey(ref),
    ':dueAt': recountDueAt(at),
  },
});

/** The item that stood against the condition, absent where an emulator leaves it out; undefined where none did. */
const refusal = async (sent: Promise<unknown>): Promise<{ readonly item?: Record<string, unknown> } | undefined> => {
  try {
    await sent;
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // lib-dynamodb leaves the items of errors as they came.
    return error.Item === undefined ? {} : { item: unmarshall(error.Item) };
  }
};

/** A write about this revision of a counter: nothing happens where it was touched since. */
const annotate = async (
  { client, tableName }: Table,
  counter: Counter,
  UpdateExpression: string,
  values: Record<string, unknown>,
): Promise<boolean> => {
  const update = new UpdateCommand({
    TableName: tableName,
    Key: counterKey(counter),
    ConditionExpression: 'revision = :revision',
    UpdateExpression,
    ExpressionAttributeValues: { ...values, ':revision': counter.revision },
  });
  return (await refusal(client.send(update))) === undefined;
};

/** A counter that is not there yet has room for whatever does not exceed the limit by itself. */
const reserveMany = async (
  table: QuotaTable,
  ...[ref, usage, limit, at]: Parameters<Quotas['reserveMany']>
): Promise<Usage | undefined> => {
  const update = addition(table.tableName, ref, usage, at);
  if (limit === undefined) return void (await table.client.send(new UpdateCommand(update)));
  if (usage.documents > limit.documentsMax || usage.sizeBytes > limit.sizeBytesMax)
    return (await find(table, ref)) ?? noUsage;
  const conditional = new UpdateCommand({
    ...update,
    ConditionExpression:
      'attribute_not_exists(revision) OR (documents <= :documentsRest AND sizeBytes <= :sizeBytesRest)',
    ExpressionAttributeValues: {
      ...update.ExpressionAttributeValues,
      ':documentsRest': limit.documentsMax - usage.documents,
      ':sizeBytesRest': limit.sizeBytesMax - usage.sizeBytes,
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const refused = await refusal(table.client.send(conditional));
  if (refused === undefined) return undefined;
  return refused.item ? counterOf(ref, refused.item) : ((await find(table, ref)) ?? noUsage);
};

/** Never below nothing: of documents of a time before the counter the recount that is due finds what is true. */
const takeAway = async (
  table: QuotaTable,
  ref: CounterRef,
  { documents, sizeBytes }: Usage,
  at: Date,
): Promise<void> => {
  const update = new UpdateCommand({
    ...addition(table.tableName, ref, { documents: -documents, sizeBytes: -sizeBytes }, at),
    ConditionExpression: 'documents >= :documentsReleased AND sizeBytes >= :sizeBytesReleased',
  });
  Object.assign(update.input.ExpressionAttributeValues ?? {}, {
    ':documentsReleased': documents,
    ':sizeBytesReleased': sizeBytes,
  });
  await refusal(table.onceClient.send(update));
};

/** Counters in the single table, a tenant's beside those of its users: each change is one atomic write. */
export const dynamoQuotas = (table: QuotaTable): Quotas => ({
  reserve: (ref, sizeBytes, limit, at) => reserveMany(table, ref, { documents: 1, sizeBytes }, limit, at),

  reserveMany: (...reservation) => reserveMany(table, ...reservation),

  touch: async (ref, at) =>
    void (await table.client.send(new UpdateCommand(addition(table.tableName, ref, noUsage, at)))),

  release: (ref, sizeBytes, at) => takeAway(table, ref, { documents: 1, sizeBytes }, at),

  shrink: (ref, sizeBytes, at) => takeAway(table, ref, { documents: 0, sizeBytes }, at),

  find: (ref) => find(table, ref),

  sumOfUsers: async (tenantId) => {
    const query = {
      TableName: table.tableName,
      KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :users)',
      ExpressionAttributeNames: { '#pk': tableKeys.partitionKey, '#sk': tableKeys.sortKey },
      ExpressionAttributeValues: { ':pk': counterPartition(tenantId), ':users': usersCounterPrefix },
      ConsistentRead: true,
    };
    let sum = noUsage;
    for await (const { Items = [] } of paginateQuery({ client: table.client }, query))
      sum = Items.reduce<Usage>((total, item) => plus(total, item as unknown as Usage), sum);
    return sum;
  },

  setDue: async (ref, dueAt) => {
    const update = new UpdateCommand({
      TableName: table.tableName,
      Key: counterKey(ref),
      ConditionExpression: 'attribute_exists(dueAt)',
      UpdateExpression: 'SET dueAt = :dueAt',
      ExpressionAttributeValues: { ':dueAt': dueAt },
    });
    await refusal(table.client.send(update));
  },

  keepProgress: (counter, progress) => annotate(table, counter, 'SET progress = :progress', { ':progress': progress }),

  settle: (counter, { documents, sizeBytes }) =>
    annotate(
      table,
      counter,
      'SET documents = :documents, sizeBytes = :sizeBytes, revision = :next REMOVE dueAt, progress',
      { ':documents': documents, ':sizeBytes': sizeBytes, ':next': counter.revision + 1 },
    ),
});
