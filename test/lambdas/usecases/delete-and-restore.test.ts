import { describe, expect, it } from 'vitest';
import type { DocumentState } from '../../../contract/states.ts';
import type { Caller } from '../../../lambdas/domain/document.ts';
import { deleteDocument } from '../../../lambdas/usecases/delete-document.ts';
import { restoreDocument } from '../../../lambdas/usecases/restore-document.ts';
import { strangers } from '../../support/callers.ts';
import { availableRecord, documentsWorld, type WorldOptions } from '../../support/documents-world.ts';

const world = (options: WorldOptions = { record: availableRecord, stored: { state: 'available' } }) => {
  const it = documentsWorld(options);
  const owner: Caller = { tenantId: it.record.tenantId, subjectId: it.record.ownerId, roles: ['patient'] };
  const input = (caller = owner) => ({
    caller,
    requestId: 'request-7',
    addressClass: 'public-ipv6' as const,
    params: { documentId: it.record.documentId },
  });
  return {
    ...it,
    remove: (caller = owner) => deleteDocument(it.deps)(input(caller)),
    restore: (caller = owner) => restoreDocument(it.deps)(input(caller)),
  };
};

describe('deleting a document', () => {
  it('locks it at once, says until when it can be restored, and tells', async () => {
    const { remove, current, tag, deps } = world();
    expect(await remove()).toMatchObject({
      ok: true,
      value: { state: 'deleted', purgeAfter: '2027-02-19T10:01:00.000Z' },
    });
    expect(current()).toMatchObject({
      deletedFrom: 'available',
      lastChange: { by: 'owner-1', cause: 'user', requestId: 'request-7', addressClass: 'public-ipv6' },
    });
    expect(tag()).toBe('deleted');
    expect(deps.events.published).toMatchObject([{ from: 'available', to: 'deleted' }]);
  });

  it.each([
    ['2026-12-21T10:01:00.000Z', '2026-12-21T10:01:00.000Z'],
    ['2027-02-19T10:01:00.000Z', '2027-02-19T10:01:00.000Z'],
    ['2126-10-28T10:00:00.000Z', '2027-02-19T10:01:00.000Z'],
    // Its retention is over, and the sweep that ends it is still to come.
    ['2026-11-21T10:00:30.000Z', '2026-11-21T10:00:30.000Z'],
  ])('that is kept until %s gives the time to restore until %s', async (retainUntil, purgeAfter) => {
    const { remove } = world({ record: { ...availableRecord, retainUntil }, stored: { state: 'available' } });
    expect(await remove()).toMatchObject({ ok: true, value: { state: 'deleted', purgeAfter } });
  });

  it('twice is deleting it once', async () => {
    const { remove, current, deps } = world();
    await remove();
    const { revision } = current().lastChange;
    expect(await remove()).toMatchObject({ ok: true, value: { state: 'deleted' } });
    expect(current().lastChange.revision).toBe(revision);
    expect(deps.events.published).toHaveLength(1);
  });

  it('is put off where others change it each time', async () => {
    const { remove, deps, current } = world();
    deps.documents.apply = async () => ({ applied: false, current: current() });
    expect(await remove()).toEqual({ ok: false, failure: { kind: 'too-many-requests' } });
  });

  it('again after the first try died before tag and event finishes both', async () => {
    const { remove, deps, tag } = world();
    const { publish } = deps.events;
    deps.events.publish = () => Promise.reject(new Error('died'));
    await expect(remove()).rejects.toThrow('died');
    deps.events.publish = publish;
    expect(await remove()).toMatchObject({ ok: true });
    expect(tag()).toBe('deleted');
    expect(deps.events.published).toMatchObject([{ to: 'deleted' }]);
  });

  it.each(['pending', 'scanning', 'expired'] as const)('that is %s is a conflict', async (state: DocumentState) => {
    const { remove, current } = world({ record: { ...availableRecord, state } });
    expect(await remove()).toEqual({ ok: false, failure: { kind: 'state-conflict', state } });
    expect(current().state).toBe(state);
  });

  it('of someone else is as if it were not there', async () => {
    const { remove, restore, current } = world();
    for (const stranger of strangers) {
      expect(await remove(stranger)).toEqual({ ok: false, failure: { kind: 'document-not-found' } });
      expect(await restore(stranger)).toEqual({ ok: false, failure: { kind: 'document-not-found' } });
    }
    expect(current().state).toBe('available');
  });
});

describe('restoring a document', () => {
  it('opens it again, as if it had never been deleted', async () => {
    const { remove, restore, current, tag, deps } = world();
    await remove();
    expect(await restore()).toMatchObject({ ok: true, value: { state: 'available' } });
    expect(current()).not.toHaveProperty('purgeAfter');
    expect(current()).not.toHaveProperty('deletedFrom');
    expect(tag()).toBe('available');
    expect(deps.events.published.map(({ to }) => to)).toEqual(['deleted', 'available']);
  });

  it('that was rejected when it was deleted is a conflict', async () => {
    const { remove, restore, tag } = world({
      record: { ...availableRecord, state: 'rejected', rejectionReason: 'malware-found' },
      stored: { state: 'rejected' },
    });
    await remove();
    expect(await restore()).toEqual({ ok: false, failure: { kind: 'state-conflict', state: 'deleted' } });
    expect(tag()).toBe('deleted');
  });

  it.each(['purging', 'purged', 'rejected', 'expired'] as const)('that is %s is a conflict', async (state) => {
    const { restore } = world({ record: { ...availableRecord, state } });
    expect(await restore()).toEqual({ ok: false, failure: { kind: 'state-conflict', state } });
  });
});
