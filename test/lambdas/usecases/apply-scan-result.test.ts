import { describe, expect, it } from 'vitest';
import type { ScanVerdict } from '../../../contract/states.ts';
import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import { applyScanResult } from '../../../lambdas/usecases/apply-scan-result.ts';
import { availableRecord, documentsWorld, type WorldOptions } from '../../support/documents-world.ts';

const scanning: Partial<DocumentRecord> = { ...availableRecord, state: 'scanning' };
const deleted: Partial<DocumentRecord> = {
  ...availableRecord,
  state: 'deleted',
  deletedFrom: 'available',
  purgeAfter: '2027-02-19T12:00:00.000Z',
};

const world = (options: WorldOptions) => {
  const it = documentsWorld({ isScanned: true, ...options });
  let messages = 1;
  const apply = (verdict: ScanVerdict, versionId = 'v1') =>
    applyScanResult(it.deps)({ object: { ...it.object, versionId }, verdict, requestId: `message-${++messages}` });
  return { ...it, apply };
};

describe('a verdict', () => {
  it('that is clean opens what waits for it', async () => {
    const { apply, current, tag, deps } = world({ record: scanning });
    expect(await apply('NO_THREATS_FOUND')).toBe('cleared');
    expect(current()).toMatchObject({ state: 'available', availableAt: '2026-11-21T10:01:00.000Z' });
    expect(tag()).toBe('available');
    expect(deps.events.published).toMatchObject([{ from: 'scanning', to: 'available' }]);
  });

  it.each<[ScanVerdict, string]>([
    ['THREATS_FOUND', 'malware-found'],
    ['UNSUPPORTED', 'not-scannable'],
  ])('%s closes what waits for it and what was open', async (verdict, rejectionReason) => {
    for (const record of [scanning, availableRecord]) {
      const { apply, current, tag } = world({ record, stored: { state: 'available' } });
      expect(await apply(verdict)).toBe('condemned');
      expect(current()).toMatchObject({ state: 'rejected', rejectionReason, lastChange: { rejectionReason } });
      expect(tag()).toBe('rejected');
    }
  });

  it('that is bad takes back what a deleted document could be restored to', async () => {
    const { apply, current } = world({ record: deleted, stored: { state: 'deleted' } });
    expect(await apply('THREATS_FOUND')).toBe('condemned');
    expect(current()).toMatchObject({ state: 'deleted', deletedFrom: 'rejected', rejectionReason: 'malware-found' });
  });

  it.each(['FAILED', 'ACCESS_DENIED'] as const)(
    '%s is none: nothing opens and nothing is rejected',
    async (verdict) => {
      const { apply, current, tag } = world({ record: scanning });
      expect(await apply(verdict)).toBe('no-verdict');
      expect(current().state).toBe('scanning');
      expect(tag()).toBe('incoming');
    },
  );

  it('that came as none when the tag had a verdict, and died before it told, tells though the version is gone meanwhile', async () => {
    const { apply, deps, object } = world({ record: scanning, stored: { verdict: 'NO_THREATS_FOUND' } });
    const { publish } = deps.events;
    deps.events.publish = () => Promise.reject(new Error('died'));
    await expect(apply('FAILED')).rejects.toThrow('died');
    deps.events.publish = publish;
    deps.objects.remove(object);
    expect(await apply('FAILED')).toBe('no-verdict');
    expect(deps.events.published).toMatchObject([{ from: 'scanning', to: 'available' }]);
  });

  it('that is clean opens nothing where the tag of the version says otherwise', async () => {
    const { apply, current } = world({ record: scanning, stored: { verdict: 'THREATS_FOUND' } });
    expect(await apply('NO_THREATS_FOUND')).toBe('condemned');
    expect(current().state).toBe('rejected');
  });

  it('on another version than the pinned one changes nothing', async () => {
    const { apply, current } = world({ record: scanning });
    expect(await apply('NO_THREATS_FOUND', 'v2')).toBe('not-pinned');
    expect(current().state).toBe('scanning');
  });

  it('before the upload was recorded changes nothing: whoever pins the version reads its tag', async () => {
    const { apply, current } = world({});
    expect(await apply('NO_THREATS_FOUND')).toBe('not-pinned');
    expect(current().state).toBe('pending');
  });

  it.each(['THREATS_FOUND', 'UNSUPPORTED'] as const)(
    '%s before the upload was recorded comes again: its tag may not be there yet when the version is pinned',
    async (verdict) => {
      const { apply, current } = world({});
      await expect(apply(verdict)).rejects.toThrow('not recorded yet');
      expect(current().state).toBe('pending');
    },
  );

  it('that is bad makes an open document due before its tag is touched: who dies then leaves it to the sweeper', async () => {
    for (const record of [availableRecord, deleted]) {
      const { apply, deps, current } = world({ record, stored: { state: 'available' } });
      deps.objects.setState = () => Promise.reject(new Error('died'));
      await expect(apply('THREATS_FOUND')).rejects.toThrow('died');
      expect(current().dueAt).toBe('2026-11-21T10:41:00.000Z');
    }
  });

  it('that comes again, redriven under a new id, after its first delivery died before it told is told then', async () => {
    const { apply, deps, current } = world({ record: scanning });
    const { publish } = deps.events;
    deps.events.publish = () => Promise.reject(new Error('died'));
    await expect(apply('NO_THREATS_FOUND')).rejects.toThrow('died');
    deps.events.publish = publish;
    expect(await apply('NO_THREATS_FOUND')).toBe('nothing-to-do');
    expect(deps.events.published).toMatchObject([{ to: 'available', revision: current().lastChange.revision }]);
  });

  it('that finds an earlier one applied but told to nobody tells of both', async () => {
    const { apply, deps } = world({ record: scanning });
    const { publish } = deps.events;
    deps.events.publish = () => Promise.reject(new Error('died'));
    await expect(apply('NO_THREATS_FOUND')).rejects.toThrow('died');
    deps.events.publish = publish;
    expect(await apply('THREATS_FOUND')).toBe('condemned');
    expect(new Set(deps.events.published.map(({ to }) => to))).toEqual(new Set(['available', 'rejected']));
  });

  it('that loses a race is delivered again', async () => {
    const { apply, deps } = world({ record: scanning });
    deps.documents.apply = async () => ({
      applied: false,
      current: (await deps.documents.find(deps as never)) ?? undefined,
    });
    await expect(apply('NO_THREATS_FOUND')).rejects.toThrow(/vanished|changed/);
  });
});
