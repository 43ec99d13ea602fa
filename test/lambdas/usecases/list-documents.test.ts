import { describe, expect, it } from 'vitest';
import { listDocuments } from '../../../lambdas/usecases/list-documents.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { owner } from '../../support/callers.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

describe('listing documents', () => {
  const ids = Array.from({ length: 5 }, (_, index) => `01890a5d-ac96-774b-bcce-00000000000${index}`);
  const documents = memoryDocuments(
    ...ids.map((documentId) => aRecord({ documentId })),
    aRecord({ documentId: '01890a5d-ac96-774b-bcce-000000000009', ownerId: 'owner-2' }),
  );
  const list = listDocuments({ documents });

  it('gives pages of the own documents, newest first, to the end', async () => {
    const first = await list({ caller: owner, query: { limit: 3 } });
    if (!first.ok || first.value.nextCursor === undefined) throw new Error('no first page');
    const second = await list({ caller: owner, query: { limit: 3, cursor: first.value.nextCursor } });
    if (!second.ok) throw new Error('no second page');
    const seen = [...first.value.documents, ...second.value.documents].map(({ id }) => id);
    expect(seen).toEqual(ids.toReversed());
    expect(second.value).not.toHaveProperty('nextCursor');
  });

  it('refuses a cursor that is not ours and names it', async () => {
    expect(await list({ caller: owner, query: { cursor: 'x' } })).toMatchObject({
      ok: false,
      failure: { kind: 'invalid-request', errors: [{ pointer: 'query:cursor' }] },
    });
  });
});
