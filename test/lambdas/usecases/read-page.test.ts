import { describe, expect, it } from 'vitest';
import { limits } from '../../../contract/limits.ts';
import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import type { PlaceQuery } from '../../../lambdas/ports.ts';
import { readPage } from '../../../lambdas/usecases/read-page.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

const place = { kind: 'owner', tenantId: 'north-clinic', ownerId: 'owner-1' } as const;
const idOf = (index: number) => `01890a5d-ac96-774b-bcce-${String(index).padStart(12, '0')}`;
const stored = memoryDocuments(...Array.from({ length: 1000 }, (_, index) => aRecord({ documentId: idOf(index) })));

/** Counts what a page reads. */
const reading = async (limit: number, isWanted: (record: DocumentRecord) => boolean, before?: string) => {
  const reads: number[] = [];
  const documents = {
    list: (query: PlaceQuery) => {
      reads.push(query.limit);
      return stored.list(query);
    },
  };
  const page = await readPage(documents, { place, limit, before }, isWanted);
  return { page, reads, examined: reads.reduce((sum, each) => sum + each, 0) };
};

describe('a page', () => {
  it('of which everything is wanted reads what it shows and no more', async () => {
    const { page, reads } = await reading(25, () => true);
    expect(reads).toEqual([25]);
    expect(page.records).toHaveLength(25);
    expect(page.nextBefore).toBe(idOf(975));
  });

  it.each([1, 25, 99, 100])(
    'of %d of which nothing is wanted ends at its bound, empty, and says where to go on',
    async (limit) => {
      const { page, reads, examined } = await reading(limit, () => false);
      expect(page).toEqual({ records: [], nextBefore: idOf(1000 - limits.listExaminedMax) });
      expect(examined).toBe(limits.listExaminedMax);
      expect(reads.length).toBeLessThanOrEqual(5);
      expect(Math.max(...reads)).toBeLessThanOrEqual(100);
    },
  );

  it('ends where more is found than it holds, after its last', async () => {
    const { page, reads } = await reading(10, ({ documentId }) => Number(documentId.slice(-6)) % 2 === 0);
    expect(reads).toEqual([10, 100]);
    expect(page.records.map(({ documentId }) => documentId)).toEqual(
      Array.from({ length: 10 }, (_, index) => idOf(998 - 2 * index)),
    );
    expect(page.nextBefore).toBe(idOf(980));
  });

  it('that ends the list has no next one', async () => {
    const { page } = await reading(25, () => true, idOf(25));
    expect(page.records).toHaveLength(25);
    expect(page).not.toHaveProperty('nextBefore');
    const { page: last } = await reading(25, () => false, idOf(300));
    expect(last).toEqual({ records: [] });
  });
});
