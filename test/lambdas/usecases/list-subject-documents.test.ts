import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../lambdas/domain/document.ts';
import { listSubjectDocuments } from '../../../lambdas/usecases/list-subject-documents.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { memoryCursorKeys } from '../../support/cursor-keys.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

const about = (type: string, id: string) => ({ metadata: { subject: { type, id } } });
const ids = Array.from({ length: 4 }, (_, index) => `01890a5d-ac96-774b-bcce-00000000000${index}`);
const mine = aRecord({ documentId: ids[0] ?? '', ownerId: 'doctor', ...about('patient', 'me') });
const caseOfMyName = aRecord({ documentId: ids[1] ?? '', ownerId: 'doctor', ...about('case', 'me') });
const another = aRecord({ documentId: ids[2] ?? '', ownerId: 'doctor', ...about('patient', 'you') });
const elsewhere = { ...mine, documentId: ids[3] ?? '', tenantId: 'south-clinic' };
const documents = memoryDocuments(mine, caseOfMyName, another, elsewhere);

const ask = (role: Caller['roles'][number], subjectType: string, subjectId: string, cursor?: string) =>
  listSubjectDocuments({ documents, cursorKeys: memoryCursorKeys() })({
    caller: { tenantId: 'north-clinic', subjectId: 'me', roles: [role] },
    params: { subjectType, subjectId },
    query: cursor === undefined ? { limit: 1 } : { limit: 1, cursor },
  });

describe('the documents about somebody', () => {
  it('are shown to the patient they are about, of their own tenant', async () => {
    expect(await ask('patient', 'patient', 'me')).toMatchObject({ ok: true, value: { documents: [{ id: ids[0] }] } });
  });

  it('are nobody else’s where a patient asks, whether there are any or not', async () => {
    for (const [type, id] of [
      ['patient', 'you'],
      ['patient', 'nobody'],
      ['case', 'me'],
    ] as const)
      expect(await ask('patient', type, id)).toEqual({ ok: false, failure: { kind: 'not-permitted' } });
  });

  it.each(['staff', 'admin', 'service'] as const)('are shown to %s, whoever they are about', async (role) => {
    expect(await ask(role, 'patient', 'you')).toMatchObject({ value: { documents: [{ id: ids[2] }] } });
    expect(await ask(role, 'case', 'me')).toMatchObject({ value: { documents: [{ id: ids[1] }] } });
    expect(await ask(role, 'case', 'nobody')).toEqual({ ok: true, value: { documents: [] } });
  });

  it('go on by a cursor for this subject only', async () => {
    const more = memoryDocuments(mine, { ...mine, documentId: ids[3] ?? '' });
    const deps = { documents: more, cursorKeys: memoryCursorKeys() };
    const caller: Caller = { tenantId: 'north-clinic', subjectId: 'doctor', roles: ['staff'] };
    const page = (subjectType: string, subjectId: string, query: { limit: number; cursor?: string }) =>
      listSubjectDocuments(deps)({ caller, params: { subjectType, subjectId }, query });
    const first = await page('patient', 'me', { limit: 1 });
    if (!first.ok || first.value.nextCursor === undefined) throw new Error('no next page');
    const cursor = first.value.nextCursor;
    const refused = { ok: false, failure: { kind: 'invalid-request' } };
    expect(await page('patient', 'me', { limit: 1, cursor })).toMatchObject({ value: { documents: [{ id: ids[0] }] } });
    expect(await page('patient', 'you', { limit: 1, cursor })).toMatchObject(refused);
    expect(await page('case', 'me', { limit: 1, cursor })).toMatchObject(refused);
  });

  it.each(['patient', 'staff'] as const)(
    'are not shown to %s by an index that is behind: not what was moved to somebody else',
    async (role) => {
      const behind = { list: async () => ({ records: [another, mine] }) };
      const answer = await listSubjectDocuments({ documents: behind, cursorKeys: memoryCursorKeys() })({
        caller: { tenantId: 'north-clinic', subjectId: 'me', roles: [role] },
        params: { subjectType: 'patient', subjectId: 'me' },
        query: {},
      });
      expect(answer).toMatchObject({ value: { documents: [{ id: ids[0] }] } });
      expect(answer.ok && answer.value.documents).toHaveLength(1);
    },
  );
});
