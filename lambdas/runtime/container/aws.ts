import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDocuments } from '../../adapters/dynamodb/documents.ts';
import { dynamoLinks } from '../../adapters/dynamodb/links.ts';
import { marshallOptions } from '../../adapters/dynamodb/marshalling.ts';
import type { Documents, Links } from '../../ports.ts';
import { awsCalls } from './aws-calls.ts';

export const documentClient = (settings: typeof awsCalls): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(settings), { marshallOptions });

export const buildDocuments = (tableName: string): Documents =>
  dynamoDocuments({ client: documentClient(awsCalls), tableName });

export const buildLinks = (tableName: string): Links => dynamoLinks({ client: documentClient(awsCalls), tableName });
