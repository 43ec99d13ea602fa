import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DocumentRecord, DocumentRef } from '../../domain/document.ts';
import { transitions } from '../../domain/lifecycle.ts';
import type { Documents } from '../../ports.ts';
import { documentItem, historyItem, recordOf } from './items.ts';
import { documentKey } from './keys.ts';
import { listByOwner } from './list-by-owner.ts';
import { conditionOf, transitionUpdate } from './transition-update.ts';

export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

const find = async ({ client, tableName }: Table, ref: DocumentRef): Promise<DocumentRecord | undefined> => {
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: documentKey(ref), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : recordOf(Item);
};

/** Plain put without a condition: the key holds the revision, so writing it again writes the same item. */
const putHistory = async ({ client, tableName }: Table, record: DocumentRecord): Promise<void> => {
  await client.send(new PutCommand({ TableName: tableName, Item: historyItem(record) }));
};

/**
 * Records in the single table. Each change is one conditional write of the record, which carries the change itself;
 * the history item follows. A crash between the two is healed by `completeHistory` when the event comes again.
 */
export const dynamoDocuments = (table: Table): Documents => ({
  create: async (record) => {
    const put = new PutCommand({
      TableName: table.tableName,
      Item: documentItem(record),
      ConditionExpression: conditionOf(transitions.declare),
    });
    await table.client.send(put).catch((error: unknown) => {
      // Its first attempt was written and only the answer was lost: ids are never used twice.
      if (!(error instanceof ConditionalCheckFailedException) || (error.$metadata.attempts ?? 1) === 1) throw error;
    });
    await putHistory(table, record);
  },

  find: (ref) => find(table, ref),

  listByOwner: (query) => listByOwner(table, query),

  apply: async (name, ref, facts) => {
    try {
      const { Attributes = {} } = await table.client.send(
        new UpdateCommand({
          TableName: table.tableName,
          Key: documentKey(ref),
          ...transitionUpdate(name, facts),
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      const record = recordOf(Attributes);
      await putHistory(table, record);
      return { applied: true, record };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // lib-dynamodb leaves the items of errors as they came; an emulator may leave them out.
      const current = error.Item === undefined ? await find(table, ref) : recordOf(unmarshall(error.Item));
      return { applied: false, current };
    }
  },

  completeHistory: (record) => putHistory(table, record),
});
