import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DocumentRecord, DocumentRef } from '../../domain/document.ts';
import type { TransitionOutcome } from '../../ports.ts';
import type { Table } from './documents.ts';
import { recordOf } from './items.ts';
import { documentKey } from './keys.ts';

/** The parts of an UpdateItem that one change of a record is. */
export interface RecordUpdate {
  readonly ConditionExpression: string;
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

/** Strongly consistent. */
export const find = async ({ client, tableName }: Table, ref: DocumentRef): Promise<DocumentRecord | undefined> => {
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: documentKey(ref), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : recordOf(Item);
};

/** The record that a condition did not hold for; throws where that is not what went wrong. */
export const standingAgainst = async (
  table: Table,
  ref: DocumentRef,
  error: unknown,
): Promise<DocumentRecord | undefined> => {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  // lib-dynamodb leaves the items of errors as they came; an emulator may leave them out.
  return error.Item === undefined ? find(table, ref) : recordOf(unmarshall(error.Item));
};

/** One conditional write; where the condition does not hold, the record as it is. */
export const updateRecord = async (
  table: Table,
  record: DocumentRecord,
  update: RecordUpdate,
): Promise<TransitionOutcome> => {
  try {
    const { Attributes = {} } = await table.client.send(
      new UpdateCommand({
        TableName: table.tableName,
        Key: documentKey(record),
        ...update,
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { applied: true, record: recordOf(Attributes) };
  } catch (error) {
    return { applied: false, current: await standingAgainst(table, record, error) };
  }
};
