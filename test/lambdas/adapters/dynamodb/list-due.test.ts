import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoDocuments } from '../../../../lambdas/adapters/dynamodb/documents.ts';
import { aRecord } from '../../../support/arbitraries.ts';
import { startTable } from '../../../support/dynalite.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.close());

it('no more is read of what is due than was asked for: the longest overdue', async () => {
  const documents = dynamoDocuments(table);
  for (const minute of [2, 0, 1]) {
    const documentId = `01890a5d-ac96-774b-bcce-0000000000${minute}7`;
    await documents.create(aRecord({ documentId, dueAt: `2026-11-21T11:0${minute}:00.000Z` }));
  }
  const due = await documents.listDue({ shard: 7, now: new Date('2026-11-21T12:00:00.000Z'), limit: 2 });
  expect(due.map((ref) => 'documentId' in ref && ref.documentId.slice(-2))).toEqual(['07', '17']);
});
