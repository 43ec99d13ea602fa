import { describe, expect, it } from 'vitest';
import { sha256Of } from '../../../support/memory-uploads.ts';
import { uploadWorld } from './world.ts';

const refused = (kind: string, more = {}) => ({ ok: false, failure: { kind, ...more } });

describe('completing an upload', () => {
  it('names to S3 the parts it holds, their size and nothing of the client, and writes down first what they must be', async () => {
    const { put, complete, whole, deps, current } = await uploadWorld();
    put(2, 1, 3);
    expect(await complete(whole)).toMatchObject({ ok: true, value: { state: 'pending' } });
    expect(deps.uploads.completed).toMatchObject([
      {
        uploadId: 'upload-1',
        sizeBytes: 25,
        checksumAlgorithm: 'SHA256',
        parts: [1, 2, 3].map((partNumber) => ({ partNumber })),
      },
    ]);
    expect(current().upload).toMatchObject({ checksum: whole });
  });

  it('is refused, and nothing is completed, while parts are missing or not as planned', async () => {
    const { put, complete, whole, deps, current } = await uploadWorld();
    put(1, 3);
    expect(await complete(whole)).toMatchObject(refused('upload-incomplete', { errors: [{ pointer: '/parts/2' }] }));
    expect([deps.uploads.completed, current().upload?.checksum]).toEqual([[], undefined]);
  });

  it('is refused where the parts, all of them there, make another file than the client says', async () => {
    const { put, complete, whole, deps, current } = await uploadWorld();
    put(1, 2, 3);
    expect(await complete(sha256Of('another'))).toEqual(refused('checksum-mismatch'));
    expect([deps.uploads.completed, current().upload?.checksum]).toEqual([[], undefined]);
    expect((await complete(whole)).ok).toBe(true);
  });

  it('leaves it to S3 to compare the checksum of the whole file, where it keeps one', async () => {
    const { put, complete, deps } = await uploadWorld({ upload: { checksumAlgorithm: 'CRC64NVME' } });
    put(1, 2, 3);
    deps.uploads.endNext('other-bytes');
    expect(await complete('rosUhgp5mII=')).toEqual(refused('checksum-mismatch'));
    expect((await complete('rosUhgp5mII=')).ok).toBe(true);
    expect(deps.uploads.completed).toMatchObject([{ checksum: 'rosUhgp5mII=' }]);
  });

  it('holds to nothing but the parts where the client says nothing of the whole', async () => {
    const { put, complete, current } = await uploadWorld();
    put(1, 2, 3);
    expect((await complete()).ok).toBe(true);
    expect(current().upload).not.toHaveProperty('checksum');
  });

  it('holds to nothing that an earlier request said, which was refused', async () => {
    const { put, complete, deps, current } = await uploadWorld({ upload: { checksumAlgorithm: 'CRC64NVME' } });
    put(1, 2, 3);
    deps.uploads.endNext('other-bytes');
    expect(await complete('rosUhgp5mII=')).toEqual(refused('checksum-mismatch'));
    expect((await complete()).ok).toBe(true);
    expect(current().upload).not.toHaveProperty('checksum');
  });

  it('twice is once: the object is found, or the record says it already', async () => {
    const { put, complete, whole, deps, key, intact, current } = await uploadWorld();
    put(1, 2, 3);
    await complete(whole);
    deps.objects.put({ key, versionId: 'v1' }, intact);
    expect((await complete(whole)).ok).toBe(true);
    deps.documents.records.set(`${current().tenantId}/${current().documentId}`, { ...current(), state: 'available' });
    expect(await complete(whole)).toMatchObject({ ok: true, value: { state: 'available' } });
    expect(deps.uploads.completed).toHaveLength(1);
  });

  it.each(['gone', 'taken'] as const)(
    'finds the object where S3, asked to complete, says that it is %s',
    async (outcome) => {
      const { put, complete, whole, deps, key, intact } = await uploadWorld();
      put(1, 2, 3);
      deps.uploads.endNext(outcome);
      deps.objects.put({ key, versionId: 'v1' }, intact);
      expect((await complete(whole)).ok).toBe(true);
    },
  );

  it('has ended where S3 knows neither upload nor object', async () => {
    const { put, complete, whole, deps, key } = await uploadWorld();
    put(1, 2, 3);
    deps.uploads.endNext('gone');
    expect(await complete(whole)).toEqual(refused('upload-ended'));
    await deps.uploads.abort({ key, uploadId: 'upload-1' });
    expect(await complete(whole)).toEqual(refused('upload-ended'));
  });

  it('tells that parts were changed while it was under way', async () => {
    const { put, complete, whole, deps } = await uploadWorld();
    put(1, 2, 3);
    deps.uploads.endNext('changed');
    expect(await complete(whole)).toEqual(refused('upload-incomplete', { errors: [] }));
  });

  it('begins another upload of the same document where S3 wants all parts again', async () => {
    const { put, complete, whole, deps, current, key, list } = await uploadWorld();
    put(1, 2, 3);
    deps.uploads.endNext('restart');
    expect(await complete(whole)).toEqual(refused('upload-restarted'));
    expect(current().upload).toEqual({ uploadId: 'upload-2', partSizeBytes: 10, checksumAlgorithm: 'SHA256' });
    expect([...deps.uploads.begun.keys()]).toContain(`${key}?upload-2`);
    expect(await list()).toMatchObject({ ok: true, value: { parts: [] } });
    put(1, 2, 3);
    expect((await complete(whole)).ok).toBe(true);
  });

  it('is not of an upload that was given up', async () => {
    const { put, complete, abort, whole } = await uploadWorld();
    put(1, 2, 3);
    await abort();
    expect(await complete(whole)).toEqual(refused('upload-ended'));
  });
});

describe('giving an upload up', () => {
  it('lets S3 remove it, and the sweeper end the record a quarter of an hour later', async () => {
    const { abort, deps, current, passTime } = await uploadWorld();
    expect(await abort()).toMatchObject({ ok: true, value: { state: 'pending' } });
    expect(deps.uploads.begun.size).toBe(0);
    expect(current()).toMatchObject({
      upload: { abortedAt: '2026-11-21T10:01:00.000Z' },
      sweepAfter: '2026-11-21T10:16:00.000Z',
      dueAt: '2026-11-21T10:16:00.000Z',
    });
    const { settleDocument } = await import('../../../../lambdas/usecases/settle-document.ts');
    passTime('2026-11-21T10:16:00.000Z');
    await settleDocument(deps, current(), 'sweep-1');
    expect(current().state).toBe('expired');
  });

  it('twice is once, and after its completion is too late', async () => {
    const { abort, put, complete, whole, current, deps } = await uploadWorld();
    put(1, 2, 3);
    await complete(whole);
    deps.documents.records.set(`${current().tenantId}/${current().documentId}`, { ...current(), state: 'available' });
    expect(await abort()).toEqual(refused('upload-ended'));
    const other = await uploadWorld();
    await other.abort();
    const first = other.current();
    expect((await other.abort()).ok).toBe(true);
    expect(other.current()).toEqual(first);
  });
});
