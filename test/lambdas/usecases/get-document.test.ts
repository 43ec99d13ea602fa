import { describe, expect, it } from 'vitest';
import { getDocument } from '../../../lambdas/usecases/get-document.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { available, notFound, owner, params, strangers } from '../../support/callers.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

describe('reading a document', () => {
  it('shows it to its owner', async () => {
    const result = await getDocument({ documents: memoryDocuments(available) })({ caller: owner, params });
    expect(result).toMatchObject({ ok: true, value: { id: available.documentId, state: 'available' } });
    expect(JSON.stringify(result)).not.toMatch(/north-clinic|owner-1|v1/);
  });

  it.each(strangers)('hides it from $tenantId/$subjectId as if it were not there', async (caller) => {
    const documents = memoryDocuments(available);
    expect(await getDocument({ documents })({ caller, params })).toEqual(notFound);
    expect(await getDocument({ documents: memoryDocuments() })({ caller, params })).toEqual(notFound);
  });

  it('hides it from another tenant even where the table gave it away', async () => {
    const documents = { ...memoryDocuments(), find: async () => available };
    const caller = { ...owner, tenantId: 'south-clinic' };
    expect(await getDocument({ documents })({ caller, params })).toEqual(notFound);
  });

  it('tells why it was rejected', async () => {
    const documents = memoryDocuments(aRecord({ state: 'rejected', rejectionReason: 'media-type-mismatch' }));
    expect(await getDocument({ documents })({ caller: owner, params })).toMatchObject({
      value: {
        rejection: { reason: 'media-type-mismatch', detail: expect.stringMatching(/not what its name and type say/) },
      },
    });
  });
});
