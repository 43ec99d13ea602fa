import { dynamoUploadTokens } from '../../adapters/dynamodb/upload-tokens.ts';
import type { UploadTokens } from '../../ports.ts';
import { documentClient } from './aws.ts';
import { awsCalls } from './aws-calls.ts';

export const buildUploadTokens = (tableName: string): UploadTokens =>
  dynamoUploadTokens({ client: documentClient(awsCalls), tableName });
