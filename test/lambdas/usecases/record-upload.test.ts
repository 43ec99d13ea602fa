import { describe, expect, it } from 'vitest';
import type { ScanVerdict } from '../../../contract/states.ts';
import { mediaTypeSniffer } from '../../../lambdas/adapters/media-type-sniffer.ts';
import type { DocumentRecord } from '../../../lambdas/domain/document.ts';
import { objectKey } from '../../../lambdas/domain/object-key.ts';
import { recordUpload } from '../../../lambdas/usecases/record-upload.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';
import { memoryEvents } from '../../support/memory-events.ts';
import { checksumOfSha256, memoryObjects, type StoredVersion } from '../../support/memory-objects.ts';

const pdf = new TextEncoder().encode('%PDF-1.7\n%âãÏÓ\n');
const now = new Date('2026-11-21T10:01:00.000Z');

interface Options {
  readonly record?: Partial<DocumentRecord>;
  readonly stored?: Partial<StoredVersion>;
  readonly isScanned?: boolean;
}

const world = (options: Options = {}) => {
  const record = aRecord({ sizeBytes: pdf.length, ...options.record });
  const documents = memoryDocuments(record);
  const objects = memoryObjects();
  const object = { key: objectKey(record), versionId: 'v1' };
  const intact: StoredVersion = {
    sizeBytes: record.sizeBytes,
    checksum: checksumOfSha256(record.sha256),
    contentEncoding: undefined,
    etag: '"etag"',
    start: pdf,
    state: 'incoming',
  };
  objects.put(object, { ...intact, ...options.stored });
  const events = memoryEvents();
  const { isScanned = false } = options;
  const deps = { clock: { now: () => now }, documents, objects, sniffer: mediaTypeSniffer, events, isScanned };
  const handle = (event = object) => recordUpload(deps)({ object: event, requestId: 'message-1' });
  const current = () => documents.records.get(`${record.tenantId}/${record.documentId}`);
  return { record, documents, objects, object, intact, deps, handle, current, events };
};

describe('a completed upload', () => {
  it('that is what was declared becomes available, pinned and unlocked', async () => {
    const { handle, current, objects, object, documents, events } = world();
    expect(await handle()).toBe('accepted');
    expect(current()).toMatchObject({
      state: 'available',
      versionId: 'v1',
      etag: '"etag"',
      availableAt: now.toISOString(),
      lastChange: { revision: 2, from: 'pending', to: 'available', cause: 'object-created', requestId: 'message-1' },
    });
    expect(objects.stateOf(object)).toBe('available');
    expect(documents.appended.size).toBe(1);
    expect(events.published).toMatchObject([{ from: 'pending', to: 'available', revision: 2 }]);
  });

  it.each<[string, Partial<StoredVersion>]>([
    ['size-mismatch', { sizeBytes: 4 }],
    ['hash-mismatch', { checksum: checksumOfSha256('f'.repeat(64)) }],
    ['size-mismatch', { sizeBytes: 0, start: new Uint8Array() }],
    ['hash-mismatch', { checksum: undefined }],
    ['content-encoded', { contentEncoding: 'deflate' }],
    ['media-type-mismatch', { start: new TextEncoder().encode('<html>%PDF-1.7') }],
    ['media-type-mismatch', { start: new TextEncoder().encode('just text') }],
    ['media-type-mismatch', { start: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') }],
  ])('with a %s is rejected and stays locked', async (reason, stored) => {
    const { handle, current, objects, object } = world({ stored });
    expect(await handle()).toBe('rejected');
    expect(current()).toMatchObject({ state: 'rejected', rejectionReason: reason, versionId: 'v1' });
    expect(current()).not.toHaveProperty('availableAt');
    expect(objects.stateOf(object)).toBe('rejected');
  });

  it('that is announced twice is recorded once', async () => {
    const { handle, current, documents } = world();
    await handle();
    const recorded = current();
    expect(await handle()).toBe('already-recorded');
    expect(current()).toEqual(recorded);
    expect(documents.appended.size).toBe(1);
  });

  it('recorded by a run that died before it told is told by whatever message of it comes next, redriven under a new id', async () => {
    const { handle, deps, object, events } = world();
    deps.events = { ...events, publish: () => Promise.reject(new Error('died')) };
    await expect(handle()).rejects.toThrow('died');
    deps.events = events;
    expect(events.published).toEqual([]);
    expect(await recordUpload(deps)({ object, requestId: 'redriven-message' })).toBe('already-recorded');
    expect(events.published).toMatchObject([{ to: 'available', revision: 2 }]);
  });

  it('whose verdict came between the look at its tag and the pin is opened by whoever pinned it', async () => {
    const { handle, current, deps, objects, object, intact, events } = world({ isScanned: true });
    const { apply } = deps.documents;
    deps.documents.apply = async (...change) => {
      if (change[0] === 'quarantine') objects.put(object, { ...intact, verdict: 'NO_THREATS_FOUND' });
      return apply(...change);
    };
    expect(await handle()).toBe('accepted');
    expect(current()).toMatchObject({ state: 'available', lastChange: { from: 'scanning', cause: 'object-created' } });
    expect(objects.stateOf(object)).toBe('available');
    expect(events.published.map(({ to }) => to)).toEqual(['scanning', 'available']);
  });

  it('that waits for a verdict takes one that came while the first delivery died', async () => {
    const { handle, current, deps, objects, object, intact, events } = world({ isScanned: true });
    const { publish } = events;
    deps.events = { ...events, publish: () => Promise.reject(new Error('died')) };
    await expect(handle()).rejects.toThrow('died');
    objects.put(object, { ...intact, verdict: 'THREATS_FOUND' });
    deps.events = { ...events, publish };
    await handle();
    expect(current()).toMatchObject({ state: 'rejected', rejectionReason: 'malware-found' });
    expect(events.published.map(({ to }) => to)).toEqual(['scanning', 'rejected']);
  });

  it('whose early verdict was applied by a call whose answer was lost is told of all the same', async () => {
    const { handle, deps, objects, object, intact, events } = world({ isScanned: true });
    const { apply } = deps.documents;
    deps.documents.apply = async (...change) => {
      const outcome = await apply(...change);
      if (change[0] === 'quarantine') objects.put(object, { ...intact, verdict: 'THREATS_FOUND' });
      if (change[0] !== 'condemn') return outcome;
      // The SDK tried again, and what the first try had written was in its way.
      return apply(...change);
    };
    expect(await handle()).toBe('rejected');
    expect(new Set(events.published.map(({ to }) => to))).toEqual(new Set(['scanning', 'rejected']));
  });

  it('whose tag was changed behind the record gets it back', async () => {
    const { handle, objects, object, intact } = world();
    await handle();
    objects.put(object, { ...intact, state: 'incoming' });
    expect(await handle()).toBe('already-recorded');
    expect(objects.stateOf(object)).toBe('available');
  });

  it.each<[ScanVerdict | undefined, string, string, string]>([
    [undefined, 'quarantined', 'scanning', 'incoming'],
    ['FAILED', 'quarantined', 'scanning', 'incoming'],
    ['ACCESS_DENIED', 'quarantined', 'scanning', 'incoming'],
    ['NO_THREATS_FOUND', 'accepted', 'available', 'available'],
    ['THREATS_FOUND', 'rejected', 'rejected', 'rejected'],
    ['UNSUPPORTED', 'rejected', 'rejected', 'rejected'],
  ])('with the verdict %s, where one is needed, is %s', async (verdict, outcome, state, tag) => {
    const { handle, current, objects, object } = world({ isScanned: true, stored: verdict ? { verdict } : {} });
    expect(await handle()).toBe(outcome);
    expect(current()).toMatchObject({ state, versionId: 'v1' });
    expect(objects.stateOf(object)).toBe(tag);
  });

  it('in another version than the pinned one changes nothing and stays locked', async () => {
    const { handle, current, objects, object, intact } = world();
    await handle();
    const second = { ...object, versionId: 'v2' };
    objects.put(second, { ...intact, state: 'incoming' });
    expect(await handle(second)).toBe('other-version');
    expect(current()?.versionId).toBe('v1');
    expect(objects.stateOf(second)).toBe('incoming');
  });

  it('that loses the race for the record does not leave its own version unlocked', async () => {
    const { deps, handle, object, objects, intact, record } = world();
    const rival = { ...object, versionId: 'v2' };
    objects.put(rival, { ...intact });
    const { apply } = deps.documents;
    deps.documents.apply = async (name, ref, facts) => {
      deps.documents.apply = apply;
      await recordUpload(deps)({ object: rival, requestId: 'message-2' });
      return apply(name, ref, facts);
    };
    expect(await handle()).toBe('other-version');
    expect(deps.documents.records.get(`${record.tenantId}/${record.documentId}`)?.versionId).toBe('v2');
    expect(objects.stateOf(object)).toBe('incoming');
    expect(objects.stateOf(rival)).toBe('available');
  });

  it.each(['expired', 'deleted', 'purged'] as const)('of a document that is %s opens nothing', async (state) => {
    const { handle, objects, object, current } = world({ record: { state } });
    await handle();
    expect(current()?.state).toBe(state);
    expect(objects.stateOf(object)).toBe('incoming');
  });

  it('whose version is gone leaves the record to the sweeper', async () => {
    const { handle, objects, object, current } = world();
    objects.remove(object);
    expect(await handle()).toBe('version-gone');
    expect(current()?.state).toBe('pending');
  });

  it('without a record is delivered again', async () => {
    const { handle, documents } = world();
    documents.records.clear();
    await expect(handle()).rejects.toThrow(/no record/);
  });

  it('under a key that is not ours is not taken', async () => {
    await expect(world().handle({ key: 'documents/../x', versionId: 'v1' })).rejects.toThrow(/not ours/);
  });

  it('is never recorded as available when the tag could not be written', async () => {
    const { handle, objects, deps, current } = world();
    deps.objects = { ...objects, setState: async () => Promise.reject(new Error('S3 is away')) };
    await expect(handle()).rejects.toThrow('S3 is away');
    expect(current()?.state).toBe('pending');
  });
});
