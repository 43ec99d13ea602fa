import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDocuments } from '../../adapters/dynamodb/documents.ts';
import type { Documents } from '../../ports.ts';

/** Shorter than any function's timeout, so that a call that hangs is tried again while there is still time. */
export const awsTimeouts = { connectionTimeout: 1000, requestTimeout: 3000 };

export const buildDocuments = (tableName: string): Documents => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 3, requestHandler: awsTimeouts }), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return dynamoDocuments({ client, tableName });
};
