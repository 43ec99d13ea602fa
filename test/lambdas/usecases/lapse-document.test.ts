import { describe, expect, it } from 'vitest';
import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import { restoreDocument } from '../../../lambdas/usecases/restore-document.ts';
import { settleDocument } from '../../../lambdas/usecases/settle-document.ts';
import { availableRecord, documentsWorld, type WorldOptions } from '../../support/documents-world.ts';

const world = (options: WorldOptions) => {
  const it = documentsWorld(options);
  return { ...it, settle: () => settleDocument(it.deps, it.record, 'sweep-1') };
};

describe('a document whose retention is over', () => {
  const retainUntil = '2026-11-22T10:00:00.000Z';
  const kept: Partial<DocumentRecord> = { ...availableRecord, retainUntil, dueAt: retainUntil };
  const rejected: Partial<DocumentRecord> = { ...kept, state: 'rejected', rejectionReason: 'malware-found' };

  it.each([
    ['available', kept],
    ['rejected', rejected],
  ] as const)(
    'and is %s is purged: no version is left, and its history says that nobody asked',
    async (state, record) => {
      const { settle, current, deps, object } = world({ now: retainUntil, record, stored: { state } });
      await settle();
      expect(current()).toMatchObject({ state: 'purged', deletedFrom: state });
      expect(await deps.objects.listVersions(object.key)).toEqual([]);
      expect(deps.events.published.map(({ from, to }) => [from, to])).toEqual([
        [state, 'purging'],
        ['purging', 'purged'],
      ]);
      expect(await deps.documents.history(current())).toMatchObject([
        {},
        { from: state, to: 'purging', cause: 'sweep', by: 'sweep' },
        { to: 'purged' },
      ]);
    },
  );

  it('is left alone a millisecond before, and looked at then', async () => {
    const { settle, current } = world({
      now: '2026-11-22T09:59:59.999Z',
      record: { ...kept, dueAt: '2026-11-21T12:00:00.000Z' },
      stored: { state: 'available' },
    });
    await settle();
    expect(current()).toMatchObject({ state: 'available', dueAt: retainUntil });
  });

  it('and whose sweep dies before the bytes are gone is finished by the next one', async () => {
    const { settle, current, tag, deps, object } = world({
      now: retainUntil,
      record: kept,
      stored: { state: 'available' },
    });
    const { deleteVersion } = deps.objects;
    deps.objects.deleteVersion = () => Promise.reject(new Error('died'));
    await expect(settle()).rejects.toThrow('died');
    expect([current().state, tag()]).toEqual(['purging', 'deleted']);
    deps.objects.deleteVersion = deleteVersion;
    await settle();
    expect(current().state).toBe('purged');
    expect(await deps.objects.listVersions(object.key)).toEqual([]);
  });

  it('and that is restored before the sweep came goes with the next one', async () => {
    const deletedThen: Partial<DocumentRecord> = {
      ...kept,
      state: 'deleted',
      deletedFrom: 'available',
      purgeAfter: retainUntil,
    };
    const { record, deps, settle, current, passTime } = world({
      now: '2026-11-22T10:00:01.000Z',
      record: deletedThen,
      stored: { state: 'deleted' },
    });
    const caller = { tenantId: record.tenantId, subjectId: record.ownerId, roles: ['patient' as const] };
    const restored = await restoreDocument(deps)({
      caller,
      requestId: 'r',
      addressClass: 'private',
      params: { documentId: record.documentId },
    });
    expect(restored).toMatchObject({ ok: true, value: { state: 'available', retainUntil } });
    expect(current().dueAt).toBe('2026-11-22T10:00:01.000Z');
    passTime('2026-11-22T10:05:00.000Z');
    await settle();
    expect(current().state).toBe('purged');
  });
});
