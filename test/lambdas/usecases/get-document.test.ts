import { describe, expect, it } from 'vitest';
import { documentStates } from '../../../contract/states.ts';
import type { Caller } from '../../../lambdas/domain/document.ts';
import { getDocument } from '../../../lambdas/usecases/get-document.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { addressOf, available, notFound, owner, params, strangers } from '../../support/callers.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

describe('reading a document', () => {
  it('shows it to its owner', async () => {
    const result = await getDocument({ documents: memoryDocuments(available), addressOf })({ caller: owner, params });
    expect(result).toMatchObject({
      ok: true,
      value: { id: available.documentId, state: 'available', uploadedBy: 'owner-1' },
    });
    expect(JSON.stringify(result)).not.toMatch(/north-clinic|v1/);
  });

  it('tells a service where it lies, and whether it is there yet; people are told neither', async () => {
    const ask = async (record: typeof available, caller: Caller) =>
      getDocument({ documents: memoryDocuments(record), addressOf })({ caller, params });
    const service: Caller = { ...owner, subjectId: 'reports', roles: ['service'] };
    const key = 'documents/north-clinic/57/01890a5d-ac96-774b-bcce-b302099a8057';

    expect(await ask(available, service)).toMatchObject({
      headers: { 'X-S3-Key': key, 'X-S3-URL': addressOf(key), 'X-S3-Upload-Success': 'true' },
    });
    for (const state of documentStates.filter((each) => each !== 'available'))
      expect(await ask(aRecord({ state }), service)).toMatchObject({ headers: { 'X-S3-Upload-Success': 'false' } });
    for (const role of ['patient', 'staff', 'admin'] as const)
      expect(await ask(available, { ...owner, roles: [role] })).toMatchObject({ ok: true, headers: {} });
  });

  it.each(strangers)('hides it from $tenantId/$subjectId as if it were not there', async (caller) => {
    const documents = memoryDocuments(available);
    expect(await getDocument({ documents, addressOf })({ caller, params })).toEqual(notFound);
    expect(await getDocument({ documents: memoryDocuments(), addressOf })({ caller, params })).toEqual(notFound);
  });

  it('hides it from another tenant even where the table gave it away', async () => {
    const documents = { ...memoryDocuments(), find: async () => available };
    const caller = { ...owner, tenantId: 'south-clinic' };
    expect(await getDocument({ documents, addressOf })({ caller, params })).toEqual(notFound);
  });

  it('tells why it was rejected', async () => {
    const documents = memoryDocuments(aRecord({ state: 'rejected', rejectionReason: 'media-type-mismatch' }));
    expect(await getDocument({ documents, addressOf })({ caller: owner, params })).toMatchObject({
      value: {
        rejection: { reason: 'media-type-mismatch', detail: expect.stringMatching(/not what its name and type say/) },
      },
    });
  });
});
