import { describe, expect, it } from 'vitest';
import type { Place } from '../../../lambdas/domain/place.ts';
import { readTotals } from '../../../lambdas/usecases/read-totals.ts';
import { memoryQuotas } from '../../support/memory-quotas.ts';

const tenantId = 'north-clinic';
const own: Place = { kind: 'owner', tenantId, ownerId: 'owner-1' };
const all: Place = { kind: 'tenant', tenantId };
const aboutOne: Place = { kind: 'subject', tenantId, subject: { type: 'patient', id: 'p' } };

describe('the totals of a list', async () => {
  const quotas = memoryQuotas();
  await quotas.reserve({ tenantId, ownerId: 'owner-1' }, 5, undefined, new Date());
  for (const sizeBytes of [5, 7]) await quotas.reserve({ tenantId }, sizeBytes, undefined, new Date());
  const deps = { quotas, profile: { quota: {} } };

  it('are what the counter of the user, or of the tenant, holds', async () => {
    expect(await readTotals(deps, own, {})).toEqual({ documents: 1, sizeBytes: 5 });
    expect(await readTotals(deps, all, { limit: 3 })).toEqual({ documents: 2, sizeBytes: 12 });
  });

  it('are not said where nobody counts, of no page but the first, and of no filter', async () => {
    expect(await readTotals({ quotas, profile: {} }, own, {})).toBeUndefined();
    expect(await readTotals(deps, aboutOne, {})).toBeUndefined();
    expect(await readTotals(deps, { ...own, ownerId: 'owner-2' }, {})).toBeUndefined();
    expect(await readTotals(deps, own, { cursor: 'x' })).toBeUndefined();
    expect(await readTotals(deps, own, { state: 'available' })).toBeUndefined();
  });
});
