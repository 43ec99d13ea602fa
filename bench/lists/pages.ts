import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ListQuery } from '../../contract/schemas/list.ts';
import { dynamoDocuments } from '../../lambdas/adapters/dynamodb/documents.ts';
import type { Caller } from '../../lambdas/domain/document.ts';
import { listDocuments } from '../../lambdas/usecases/list-documents.ts';
import { listOwnDocuments } from '../../lambdas/usecases/list-own-documents.ts';
import { listSubjectDocuments } from '../../lambdas/usecases/list-subject-documents.ts';
import { memoryCursorKeys } from '../../test/support/cursor-keys.ts';
import { caller as owner } from '../cold-start/documents.ts';
import { createdAt } from './documents.ts';

export interface PageCost {
  readonly name: string;
  readonly readUnits: number;
  readonly requests: number;
  readonly documents: number;
}

type Place = 'own' | 'subject' | 'tenant';

/** Which pages: `query` by how many documents there are. */
const pages: readonly (readonly [name: string, place: Place, query: (count: number) => ListQuery])[] = [
  ['own, the first 25', 'own', () => ({})],
  ["a subject's, the first 25", 'subject', () => ({})],
  ["the tenant's, the first 25", 'tenant', () => ({})],
  ["the tenant's, the first 100", 'tenant', () => ({ limit: 100 })],
  ["the tenant's, 25 in the middle", 'tenant', (count) => ({ createdTo: createdAt(count / 2).toISOString() })],
  ["the tenant's, the last 25", 'tenant', () => ({ createdTo: createdAt(24).toISOString() })],
  ["the tenant's, 25 of which every tenth fits", 'tenant', () => ({ category: 'tenth' })],
  ['own, nothing fits', 'own', () => ({ text: 'nowhere' })],
  ["the tenant's, nothing fits", 'tenant', () => ({ text: 'nowhere' })],
];

/** Counts what every answer of DynamoDB says that it cost. */
export const countReads = (client: DynamoDBDocumentClient) => {
  let counts = { readUnits: 0, requests: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' };
      const answer = await next({ ...args, input } as typeof args);
      const { ConsumedCapacity = [] } = answer.output as { ConsumedCapacity?: { CapacityUnits: number } | [] };
      for (const { CapacityUnits } of [ConsumedCapacity].flat()) counts.readUnits += CapacityUnits;
      counts.requests += 1;
      return answer;
    },
    { step: 'initialize', name: 'countReads', priority: 'high' },
  );
  return () => {
    const read = counts;
    counts = { readUnits: 0, requests: 0 };
    return read;
  };
};

/** What each page costs in a tenant of so many documents, by the real use cases and adapter. */
export const costOfPages = async (
  table: { readonly client: DynamoDBDocumentClient; readonly tableName: string },
  read: ReturnType<typeof countReads>,
  { tenantId, count }: { readonly tenantId: string; readonly count: number },
): Promise<PageCost[]> => {
  const deps = { documents: dynamoDocuments(table), cursorKeys: memoryCursorKeys() };
  const caller: Caller = { tenantId, subjectId: owner.subjectId, roles: ['staff'] };
  const params = { subjectType: 'patient', subjectId: 'p-1' };
  const ask = {
    own: listOwnDocuments(deps),
    subject: (input: { caller: Caller; query: ListQuery }) => listSubjectDocuments(deps)({ ...input, params }),
    tenant: listDocuments(deps),
  };
  const costs: PageCost[] = [];
  for (const [name, place, query] of pages) {
    read();
    const page = await ask[place]({ caller, query: query(count) });
    if (!page.ok) throw new Error(`${name}: ${page.failure.kind}`);
    costs.push({ name, ...read(), documents: page.value.documents.length });
  }
  return costs;
};
