import { dynamoQuotas } from '../../adapters/dynamodb/quotas.ts';
import type { Quotas } from '../../ports.ts';
import { countedDocuments } from '../../usecases/counted-documents.ts';
import { profileOf } from './api.ts';
import { buildDocuments, documentClient } from './aws.ts';
import { awsCalls } from './aws-calls.ts';

export const buildQuotas = (tableName: string): Quotas =>
  dynamoQuotas({
    client: documentClient(awsCalls),
    onceClient: documentClient({ ...awsCalls, maxAttempts: 1 }),
    tableName,
  });

/** Documents whose changes release quotas, where the profile has any. */
export const buildCounted = (environment: { readonly TABLE_NAME: string; readonly PROFILE: string }) => {
  const documents = buildDocuments(environment.TABLE_NAME);
  const quotas = buildQuotas(environment.TABLE_NAME);
  const isCounted = profileOf(environment).quota !== undefined;
  return { documents: isCounted ? countedDocuments(documents, quotas) : documents, quotas };
};
