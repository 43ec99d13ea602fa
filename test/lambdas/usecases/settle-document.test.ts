import { describe, expect, it } from 'vitest';
import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import { deleteDocument } from '../../../lambdas/usecases/delete-document.ts';
import { settleDocument } from '../../../lambdas/usecases/settle-document.ts';
import { availableRecord, documentsWorld, type WorldOptions } from '../../support/documents-world.ts';
import { checksumOfSha256 } from '../../support/memory-objects.ts';

const overdue = '2026-11-21T12:00:00.000Z';

const world = (options: WorldOptions = {}) => {
  const it = documentsWorld({ now: overdue, ...options });
  return { ...it, settle: () => settleDocument(it.deps, it.record, 'sweep-1') };
};

const scanning: Partial<DocumentRecord> = {
  ...availableRecord,
  state: 'scanning',
  dueAt: '2026-11-21T10:06:00.000Z',
};

describe('a document at rest that is due', () => {
  const deleted: Partial<DocumentRecord> = {
    ...availableRecord,
    state: 'deleted',
    deletedFrom: 'available',
    purgeAfter: '2027-02-19T12:00:00.000Z',
  };

  it.each([
    ['open', availableRecord, 'rejected'],
    ['deleted', deleted, 'deleted'],
  ] as const)('and %s is closed by the verdict of a message that died on the way', async (_what, record, state) => {
    const { settle, current, tag, deps } = world({
      isScanned: true,
      record: { ...record, dueAt: overdue },
      stored: { state: 'rejected', verdict: 'THREATS_FOUND' },
    });
    await settle();
    expect(current()).toMatchObject({ state, rejectionReason: 'malware-found', lastChange: { cause: 'sweep' } });
    expect(tag()).toBe(state);
    expect(deps.events.published).toMatchObject([{ to: state }]);
  });

  it('and was found clean gets back the tag that a message took from it', async () => {
    const { settle, current, tag } = world({
      isScanned: true,
      record: { ...availableRecord, dueAt: overdue },
      stored: { state: 'rejected', verdict: 'NO_THREATS_FOUND' },
    });
    await settle();
    expect(current()).not.toHaveProperty('dueAt');
    expect(tag()).toBe('available');
  });
});

describe('an overdue upload', () => {
  it('that is there and as declared becomes available, its event told, though no event of S3 ever came', async () => {
    const { settle, current, tag, deps } = world();
    await settle();
    expect(current()).toMatchObject({
      state: 'available',
      versionId: 'v1',
      lastChange: { cause: 'sweep', by: 'sweep' },
    });
    expect(tag()).toBe('available');
    expect(deps.events.published).toMatchObject([{ to: 'available', revision: 2 }]);
  });

  it('is looked at once more when every slow writer has ended, and then rests', async () => {
    const { settle, current, passTime, deps } = world();
    await settle();
    expect(current().dueAt).toBe('2026-11-21T12:40:00.000Z');
    passTime('2026-11-21T12:40:00.000Z');
    await settle();
    expect(current()).not.toHaveProperty('dueAt');
    expect(deps.events.published).toHaveLength(1);
  });

  it('is found below a delete marker', async () => {
    const { settle, current, deps, object, intact } = world();
    deps.objects.put({ ...object, versionId: 'marker' }, { ...intact, isDeleteMarker: true });
    await settle();
    expect(current()).toMatchObject({ state: 'available', versionId: 'v1' });
  });

  it('that never came expires, and its half-sent parts are aborted', async () => {
    const { settle, current, deps, object } = world({ stored: undefined });
    deps.objects.beginUpload(object.key);
    await settle();
    expect(current()).toMatchObject({ state: 'expired' });
    expect(await deps.objects.abortUploads(object.key)).toBe(0);
  });

  it('is left alone until it is due', async () => {
    const { settle, current } = world({ now: '2026-11-21T11:04:59.999Z', stored: undefined });
    await settle();
    expect(current().state).toBe('pending');
  });

  it('that is not what was declared is rejected', async () => {
    const { settle, current, tag } = world({ stored: { checksum: checksumOfSha256('f'.repeat(64)) } });
    await settle();
    expect(current()).toMatchObject({ state: 'rejected', rejectionReason: 'hash-mismatch' });
    expect(tag()).toBe('rejected');
  });

  it('leaves nothing beside the version that was pinned', async () => {
    const { settle, current, deps, object, intact } = world();
    deps.objects.put({ ...object, versionId: 'v0' }, intact);
    await settle();
    expect(current().versionId).toBe('v0');
    expect(await deps.objects.listVersions(object.key)).toEqual([{ ...object, versionId: 'v0' }]);
  });
});

describe('a document that waits for its verdict', () => {
  it('longer than the bucket keeps what is incoming is uncovered again, and scanned', async () => {
    const { settle, current, deps, object, intact, scans } = world({ record: scanning });
    deps.objects.put({ ...object, versionId: 'marker' }, { ...intact, isDeleteMarker: true });
    await settle();
    expect(await deps.objects.listVersions(object.key)).toEqual([object]);
    expect(current().state).toBe('scanning');
    expect(scans).toEqual([object]);
  });

  it('whose bytes the bucket removed meanwhile is rejected: nobody will ever scan it', async () => {
    const { settle, current, scans } = world({ record: scanning, stored: undefined });
    await settle();
    expect(current()).toMatchObject({ state: 'rejected', rejectionReason: 'not-scannable' });
    expect(scans).toEqual([]);
  });

  it('is opened by the tag where the event was lost', async () => {
    const { settle, current, tag } = world({ record: scanning, stored: { verdict: 'NO_THREATS_FOUND' } });
    await settle();
    expect(current()).toMatchObject({ state: 'available', lastChange: { from: 'scanning', cause: 'sweep' } });
    expect(tag()).toBe('available');
  });

  it.each(['THREATS_FOUND', 'UNSUPPORTED'] as const)('is rejected where the tag says %s', async (verdict) => {
    const { settle, current, tag } = world({ record: scanning, stored: { verdict } });
    await settle();
    expect(current().state).toBe('rejected');
    expect(tag()).toBe('rejected');
  });

  it.each([undefined, 'FAILED', 'ACCESS_DENIED'] as const)(
    'stays closed and is scanned again at %s',
    async (verdict) => {
      const { settle, current, tag, scans, object } = world({ record: scanning, stored: verdict ? { verdict } : {} });
      expect(await settle()).toBe('waits');
      expect(current()).toMatchObject({ state: 'scanning', dueAt: '2026-11-21T13:59:00.000Z' });
      expect(tag()).toBe('incoming');
      expect(scans).toEqual([object]);
    },
  );
});

describe('a deleted document', () => {
  const deleted = async () => {
    const it = world({ record: availableRecord, stored: { state: 'available' } });
    const asking = { requestId: 'r', addressClass: 'private' as const, params: { documentId: it.record.documentId } };
    await deleteDocument(it.deps)({
      ...asking,
      caller: { tenantId: it.record.tenantId, subjectId: it.record.ownerId, roles: ['patient'] },
    });
    return it;
  };

  it('keeps its bytes until it can no longer be restored', async () => {
    const { settle, current, passTime, tag } = await deleted();
    passTime('2027-02-19T11:59:59.999Z');
    await settle();
    expect(current()).toMatchObject({ state: 'deleted', dueAt: '2027-02-19T12:00:00.000Z' });
    expect(tag()).toBe('deleted');
  });

  it('is purged then: no version is left, and the record says so', async () => {
    const { settle, current, passTime, deps, object } = await deleted();
    passTime('2027-02-19T12:00:00.000Z');
    await settle();
    expect(current()).toMatchObject({ state: 'purged', lastChange: { from: 'purging' } });
    expect(await deps.objects.listVersions(object.key)).toEqual([]);
    expect(deps.events.published.map(({ to }) => to)).toEqual(['deleted', 'purging', 'purged']);
  });

  it('whose deleter died before tag and event is finished', async () => {
    const { settle, current, passTime, tag, deps, object, intact } = await deleted();
    deps.objects.put(object, { ...intact, state: 'available' });
    deps.events.published.length = 0;
    const { publishedRevision: _published, ...unpublished } = current();
    deps.documents.records.set(`${unpublished.tenantId}/${unpublished.documentId}`, unpublished);
    passTime('2026-11-21T12:40:00.000Z');
    await settle();
    expect(tag()).toBe('deleted');
    expect(deps.events.published).toMatchObject([{ to: 'deleted' }]);
  });
});
