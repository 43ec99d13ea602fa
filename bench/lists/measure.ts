import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dynamoDocuments } from '../../lambdas/adapters/dynamodb/documents.ts';
import { startTable } from '../../test/support/dynalite.ts';
import { documentsOf, tenantOf } from './documents.ts';
import { fill } from './fill.ts';
import { costOfPages, countReads, type PageCost } from './pages.ts';

export interface Size {
  readonly count: number;
  readonly costs: readonly PageCost[];
  /** The same of documents that were created one by one, where there are few enough. */
  readonly twinCosts?: readonly PageCost[];
}

/** Tables of up to so many documents are made a second time by the adapter itself. */
const twinCountMax = 1000;

/** Read units and requests of each page, among so many documents. */
export const measureLists = async (counts: readonly number[]): Promise<Size[]> => {
  const path = mkdtempSync(join(tmpdir(), 'sealdrop-lists-'));
  try {
    const empty = await startTable({ path });
    await empty.close();
    for (const count of counts) await fill(path, empty.tableName, documentsOf(tenantOf('fill', count), count));
    const table = await startTable({ path });
    try {
      return await measureIn(table, counts);
    } finally {
      await table.close();
    }
  } finally {
    await rm(path, { recursive: true, force: true });
  }
};

const measureIn = async (table: Awaited<ReturnType<typeof startTable>>, counts: readonly number[]): Promise<Size[]> => {
  const read = countReads(table.client);
  const sizes: Size[] = [];
  for (const count of counts) {
    const costs = await costOfPages(table, read, { tenantId: tenantOf('fill', count), count });
    if (count > twinCountMax) sizes.push({ count, costs });
    else {
      const tenantId = tenantOf('twin', count);
      for (const record of documentsOf(tenantId, count)) await dynamoDocuments(table).create(record);
      sizes.push({ count, costs, twinCosts: await costOfPages(table, read, { tenantId, count }) });
    }
  }
  return sizes;
};
