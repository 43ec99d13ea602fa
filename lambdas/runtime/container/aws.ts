import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDocuments } from '../../adapters/dynamodb/documents.ts';
import type { Documents } from '../../ports.ts';

/**
 * A call that hangs is given up and tried once more; two calls one after the other, each tried twice, still end before
 * any function's timeout does.
 */
export const awsCalls = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1500, throwOnRequestTimeout: true },
};

export const documentClient = (settings: typeof awsCalls): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(settings), { marshallOptions: { removeUndefinedValues: true } });

export const buildDocuments = (tableName: string): Documents =>
  dynamoDocuments({ client: documentClient(awsCalls), tableName });
