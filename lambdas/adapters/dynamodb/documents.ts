import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { completeHistory } from '../../domain/complete-history.ts';
import type { DocumentRecord } from '../../domain/document.ts';
import { transitions } from '../../domain/lifecycle.ts';
import type { Documents } from '../../ports.ts';
import { describe } from './describe.ts';
import { append, appendLastChange, readHistory } from './history.ts';
import { documentItem, downloadItem } from './items.ts';
import { documentKey } from './keys.ts';
import { list } from './list.ts';
import { listDue } from './list-due.ts';
import { conditionOf, transitionUpdate } from './transition-update.ts';
import { find, standingAgainst, updateRecord } from './update-record.ts';

export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

/** Writes about a revision, not a change of it: nothing happens where the record has changed since. */
const annotate = async (
  { client, tableName }: Table,
  record: DocumentRecord,
  UpdateExpression: string,
  values: Record<string, unknown> = {},
  alsoRequired?: string,
): Promise<boolean> => {
  const update = new UpdateCommand({
    TableName: tableName,
    Key: documentKey(record),
    ConditionExpression: ['lastChange.revision = :revision', ...(alsoRequired ? [alsoRequired] : [])].join(' AND '),
    UpdateExpression,
    ExpressionAttributeValues: { ...values, ':revision': record.lastChange.revision },
  });
  try {
    await client.send(update);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/**
 * Records in the single table. Each change is one conditional write of the record, which carries the change itself, so
 * the two cannot part. What it replaces went into the history before: a crash between the two leaves an entry that was
 * true already.
 */
export const dynamoDocuments = (table: Table): Documents => ({
  create: async (record) => {
    const put = new PutCommand({
      TableName: table.tableName,
      Item: documentItem(record),
      ConditionExpression: conditionOf(transitions.declare),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await table.client.send(put);
      return record;
    } catch (error) {
      const stored = await standingAgainst(table, record, error);
      if (stored === undefined) throw error;
      return stored;
    }
  },

  find: (ref) => find(table, ref),

  list: (query) => list(table, query),

  apply: async (name, record, facts) => {
    await appendLastChange(table, record);
    return updateRecord(table, record, transitionUpdate(name, record, facts));
  },

  describe: (record, metadata, change) => describe(table, record, metadata, change),

  listDue: (query) => listDue(table, query),

  setDue: (record, dueAt) =>
    dueAt === undefined
      ? annotate(table, record, 'REMOVE dueAt')
      : annotate(table, record, 'SET dueAt = :dueAt', { ':dueAt': dueAt }),

  setUpload: (record, upload, until) =>
    annotate(
      table,
      record,
      `SET upload = :upload${until === undefined ? '' : ', sweepAfter = :until, dueAt = :until'}`,
      {
        ':upload': upload,
        ':uploadId': record.upload?.uploadId ?? '',
        ...(until !== undefined && { ':until': until }),
      },
      'upload.uploadId = :uploadId',
    ),

  markPublished: (record) => annotate(table, record, 'SET publishedRevision = :revision'),

  history: async (record) => completeHistory(record, await readHistory(table, record)),

  recordDownload: (record, entry) => append(table, downloadItem(record, entry)),
});
