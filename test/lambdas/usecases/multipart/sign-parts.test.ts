import { describe, expect, it } from 'vitest';
import { strangers } from '../../../support/callers.ts';
import { sha256Of } from '../../../support/memory-uploads.ts';
import { uploadWorld } from './world.ts';

const checksum = sha256Of('a');
const crc64 = 'rosUhgp5mII=';

describe('signing parts', () => {
  it('signs each with its own length and the checksum that the client gave', async () => {
    const { sign, asked, key } = await uploadWorld();
    expect(await sign({ partNumber: 3, checksum }, { partNumber: 1, checksum })).toMatchObject({
      ok: true,
      value: { method: 'PUT', signatures: ['signature-3', 'signature-1'], expiresAt: '1970-01-01T00:01:00.000Z' },
    });
    expect(asked.parts).toMatchObject([
      {
        key,
        uploadId: 'upload-1',
        checksumAlgorithm: 'SHA256',
        parts: [
          { partNumber: 3, checksum, sizeBytes: 5 },
          { partNumber: 1, checksum, sizeBytes: 10 },
        ],
        expiresInSeconds: 300,
      },
    ]);
  });

  it('signs them again as often as they are asked for, and no longer than parts may come', async () => {
    const { sign, asked, passTime } = await uploadWorld();
    await sign({ partNumber: 1, checksum });
    passTime('2026-11-22T09:59:00.000Z');
    await sign({ partNumber: 1, checksum });
    expect(asked.parts).toMatchObject([{ expiresInSeconds: 300 }, { expiresInSeconds: 60 }]);
    passTime('2026-11-22T10:00:00.000Z');
    expect(await sign({ partNumber: 1, checksum })).toEqual({ ok: false, failure: { kind: 'upload-ended' } });
  });

  it.each([
    ['/parts/0/partNumber', { partNumber: 4, checksum }],
    ['/parts/0/checksum', { partNumber: 1 }],
    ['/parts/0/checksum', { partNumber: 1, checksum: crc64 }],
  ])('refuses at %s what S3 would refuse: %j', async (pointer, part) => {
    const { sign, asked } = await uploadWorld();
    expect(await sign(part)).toMatchObject({ ok: false, failure: { kind: 'invalid-request', errors: [{ pointer }] } });
    expect(asked.parts).toEqual([]);
  });

  it('needs no checksums where S3 reckons that of the whole file', async () => {
    const { sign, asked } = await uploadWorld({ upload: { checksumAlgorithm: 'CRC64NVME' } });
    expect((await sign({ partNumber: 1 })).ok).toBe(true);
    expect((await sign({ partNumber: 1, checksum: crc64 })).ok).toBe(true);
    expect(asked.parts).toHaveLength(2);
  });

  it('leaves the lengths to a client that chose the size of its parts', async () => {
    const { sign, asked } = await uploadWorld({
      upload: { checksumAlgorithm: 'CRC64NVME', partSizeBytes: undefined } as never,
    });
    await sign({ partNumber: 9000 });
    expect(asked.parts).toMatchObject([{ parts: [{ partNumber: 9000 }] }]);
    expect(JSON.stringify(asked.parts)).not.toContain('sizeBytes');
  });

  it.each(strangers)('is for nobody but who declared the file: not for %j', async (caller) => {
    const { deps, input, asked } = await uploadWorld();
    const { signParts } = await import('../../../../lambdas/usecases/multipart/sign-parts.ts');
    const answer = await signParts(deps)({ ...input, caller, body: { parts: [{ partNumber: 1, checksum }] } });
    expect(answer.ok).toBe(false);
    expect(asked.parts).toEqual([]);
  });

  it.each([
    ['given up', { upload: { abortedAt: '2026-11-21T10:00:30.000Z' } }],
    ['recorded', { record: { state: 'available', versionId: 'v1' } }],
    ['over', { record: { state: 'expired' } }],
  ] as const)('of an upload that is %s is refused', async (_, changes) => {
    const { sign, list } = await uploadWorld(changes);
    const ended = { ok: false, failure: { kind: 'upload-ended' } };
    expect(await sign({ partNumber: 1, checksum })).toEqual(ended);
    expect(await list()).toEqual(ended);
  });
});

describe('the parts of an upload', () => {
  it('are told as S3 holds them, with the plan', async () => {
    const { put, list } = await uploadWorld();
    put(3, 1);
    expect(await list()).toEqual({
      ok: true,
      value: {
        partSizeBytes: 10,
        partsCount: 3,
        checksumAlgorithm: 'SHA256',
        expiresAt: '2026-11-22T10:00:00.000Z',
        parts: [
          { partNumber: 1, sizeBytes: 10, etag: '"1"', checksum: sha256Of('part 1') },
          { partNumber: 3, sizeBytes: 5, etag: '"3"', checksum: sha256Of('part 3') },
        ],
      },
    });
  });

  it('are no more where S3 knows the upload no more', async () => {
    const { list, deps, key } = await uploadWorld();
    await deps.uploads.abort({ key, uploadId: 'upload-1' });
    expect(await list()).toEqual({ ok: false, failure: { kind: 'upload-ended' } });
  });
});
