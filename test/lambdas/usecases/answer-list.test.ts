import { expect, it } from 'vitest';
import { answerList } from '../../../lambdas/usecases/answer-list.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { owner } from '../../support/callers.ts';
import { memoryCursorKeys } from '../../support/cursor-keys.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

const place = { kind: 'tenant', tenantId: owner.tenantId } as const;
const idOf = (number: number) => `01890a5d-ac96-774b-bcce-00000000000${number}`;
const route = 'GET /v1/documents';

it('a list of more than the caller may see shows what the caller may see', async () => {
  const documents = memoryDocuments(
    aRecord({ documentId: idOf(1) }),
    aRecord({ documentId: idOf(2), ownerId: 'owner-2' }),
    aRecord({
      documentId: idOf(3),
      ownerId: 'owner-2',
      metadata: { subject: { type: 'patient', id: owner.subjectId } },
    }),
  );
  const answer = await answerList(
    { documents, cursorKeys: memoryCursorKeys() },
    { caller: owner, query: {}, route, place },
  );
  expect(answer.ok && answer.value.documents.map(({ id }) => id)).toEqual([idOf(3), idOf(1)]);
});

it('a cursor is good for the filters it was given out for, not for more, fewer or others', async () => {
  const records = [1, 2, 3].map((number) => aRecord({ documentId: idOf(number) }));
  const deps = { documents: memoryDocuments(...records), cursorKeys: memoryCursorKeys() };
  const ask = (query: object) => answerList(deps, { caller: owner, query: { limit: 1, ...query }, route, place });
  const filters = [
    {},
    { state: 'pending' },
    { state: 'pending', text: 'report' },
    { createdTo: '2099-01-01' },
    { text: 'report' },
  ];
  for (const given of filters) {
    const first = await ask(given);
    if (!first.ok || first.value.nextCursor === undefined) throw new Error('no next page');
    const cursor = first.value.nextCursor;
    for (const asked of filters) expect((await ask({ ...asked, cursor })).ok).toBe(asked === given);
  }
});
