import { describe, expect, it } from 'vitest';
import { changeOf } from '../../../lambdas/domain/change.ts';
import { countedDocuments } from '../../../lambdas/usecases/counted-documents.ts';
import { reserveQuota } from '../../../lambdas/usecases/reserve-quota.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';
import { memoryQuotas } from '../../support/memory-quotas.ts';

const record = aRecord({ sizeBytes: 3 });
const user = { tenantId: record.tenantId, ownerId: record.ownerId };
const tenant = { tenantId: record.tenantId };
const limits = { user: { documentsMax: 2, sizeBytesMax: 6 }, tenant: { documentsMax: 3, sizeBytesMax: 90 } };
const other = { ...record, ownerId: 'owner-2' };

describe('taking quota', () => {
  it('counts for the user and for the tenant', async () => {
    const quotas = memoryQuotas();
    expect(await reserveQuota(quotas, record, limits)).toBeUndefined();
    expect(await quotas.find(user)).toMatchObject({ documents: 1, sizeBytes: 3, touchedAt: record.createdAt });
    expect(await quotas.find(tenant)).toMatchObject({ documents: 1, sizeBytes: 3 });
  });

  it('is refused at the user’s limit, with what is used, and leaves the tenant’s counter alone', async () => {
    const quotas = memoryQuotas();
    for (const _ of [1, 2]) await reserveQuota(quotas, record, limits);
    expect(await reserveQuota(quotas, record, limits)).toEqual({
      kind: 'quota-exceeded',
      quota: { scope: 'user', documents: 2, documentsMax: 2, sizeBytes: 6, sizeBytesMax: 6 },
    });
    expect(await quotas.find(tenant)).toMatchObject({ documents: 2, revision: 2 });
  });

  it('is refused at the tenant’s limit, and what was taken of the user’s is given back', async () => {
    const quotas = memoryQuotas();
    for (const declared of [record, record, other]) await reserveQuota(quotas, declared, limits);
    expect(await reserveQuota(quotas, other, limits)).toEqual({
      kind: 'quota-exceeded',
      quota: { scope: 'tenant', documents: 3, documentsMax: 3, sizeBytes: 9, sizeBytesMax: 90 },
    });
    expect(await quotas.find({ ...user, ownerId: 'owner-2' })).toMatchObject({ documents: 1, sizeBytes: 3 });
    // A recount of the tenant that summed up the user's counter before it was given back is not written, or done again.
    expect(await quotas.find(tenant)).toMatchObject({ documents: 3, revision: 4 });
  });

  it('counts without a limit where the profile has none', async () => {
    const quotas = memoryQuotas();
    for (const _ of [1, 2, 3]) expect(await reserveQuota(quotas, record, {})).toBeUndefined();
    expect(await quotas.find(tenant)).toMatchObject({ documents: 3 });
  });
});

describe('what comes of a file whose size nobody declared', () => {
  const open = aRecord({ sizeBytes: 6, isSizeOpen: true });
  const roomy = { user: { documentsMax: 9, sizeBytesMax: 90 } };
  const accept = changeOf('accept', open, {
    at: new Date('2026-11-22T00:00:00Z'),
    by: 'x',
    cause: 'object-created',
    requestId: 'r',
  });
  const arrived = async (sizeBytes: number) => {
    const quotas = memoryQuotas();
    const documents = countedDocuments(memoryDocuments(open), quotas);
    await reserveQuota(quotas, open, roomy);
    const pinned = { change: accept, versionId: 'v1', etag: '"e"', availableAt: accept.at, sizeBytes };
    for (const _ of [1, 2]) await documents.apply('accept', open, pinned);
    return { quotas, documents };
  };

  it('counts as much as came, once, whoever records it twice', async () => {
    const { quotas, documents } = await arrived(2);
    expect(await quotas.find(user)).toMatchObject({ documents: 1, sizeBytes: 2 });
    expect(await quotas.find(tenant)).toMatchObject({ documents: 1, sizeBytes: 2 });
    expect(await documents.find(open)).toMatchObject({ sizeBytes: 2 });
    expect(await documents.find(open)).not.toHaveProperty('isSizeOpen');
  });

  it('gives nothing back where all came that may', async () => {
    const { quotas } = await arrived(6);
    expect(await quotas.find(user)).toMatchObject({ documents: 1, sizeBytes: 6, revision: 1 });
  });

  it('is given back whole where it never comes', async () => {
    const quotas = memoryQuotas();
    const documents = countedDocuments(memoryDocuments(open), quotas);
    await reserveQuota(quotas, open, roomy);
    const expire = changeOf('expire', open, { at: new Date(accept.at), by: 'x', cause: 'sweep', requestId: 'r' });
    await documents.apply('expire', open, { change: expire });
    expect(await quotas.find(user)).toMatchObject({ documents: 0, sizeBytes: 0 });
  });
});

describe('a change after which a document counts no more', () => {
  const expire = changeOf('expire', record, {
    at: new Date('2026-11-22T00:00:00Z'),
    by: 'x',
    cause: 'sweep',
    requestId: 'r',
  });

  it('gives back what the declaration took, once, whoever makes it twice', async () => {
    const quotas = memoryQuotas();
    const documents = countedDocuments(memoryDocuments(record), quotas);
    for (const declared of [record, record, other]) await reserveQuota(quotas, declared, limits);
    for (const _ of [1, 2]) await documents.apply('expire', record, { change: expire });
    expect(await quotas.find(user)).toMatchObject({ documents: 1, sizeBytes: 3 });
    expect(await quotas.find(tenant)).toMatchObject({ documents: 2, sizeBytes: 6 });
  });
});
