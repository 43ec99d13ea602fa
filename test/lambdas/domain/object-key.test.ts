import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectKey, parseObjectKey } from '../../../lambdas/domain/object-key.ts';
import { tenantId, uuidV7 } from '../../support/arbitraries.ts';

describe('object keys', () => {
  it('give back the document they were made of', () => {
    fc.assert(
      fc.property(tenantId, uuidV7, (tenant, documentId) => {
        expect(parseObjectKey(objectKey({ tenantId: tenant, documentId }))).toEqual({ tenantId: tenant, documentId });
      }),
    );
  });

  it('stay in their tenant: no key of one tenant starts with the prefix of another', () => {
    fc.assert(
      fc.property(tenantId, tenantId, uuidV7, (one, other, documentId) => {
        fc.pre(one !== other);
        expect(objectKey({ tenantId: one, documentId }).startsWith(`documents/${other}/`)).toBe(false);
      }),
    );
  });

  it.each([
    'documents/t1/../t2/01890a5d-ac96-774b-bcce-b302099a8057',
    'documents/t1/00/01890a5d-ac96-774b-bcce-b302099a8057',
    'documents//57/01890a5d-ac96-774b-bcce-b302099a8057',
    'documents/T1/57/01890a5d-ac96-774b-bcce-b302099a8057',
    'other/t1/57/01890a5d-ac96-774b-bcce-b302099a8057',
    'documents/t1/57/01890a5d-ac96-774b-bcce-b302099a8057/x',
    '',
  ])('are not read out of %j', (key) => {
    expect(parseObjectKey(key)).toBeUndefined();
  });
});
