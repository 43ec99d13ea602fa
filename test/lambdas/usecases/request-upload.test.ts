import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../lambdas/domain/document.ts';
import { requestUpload } from '../../../lambdas/usecases/request-upload.ts';
import { defaultProfile } from '../../../profiles/default.ts';
import { addressOf, clock, owner, params, spySigner, storageSettings } from '../../support/callers.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';
import { memoryQuotas } from '../../support/memory-quotas.ts';
import { memoryUploads } from '../../support/memory-uploads.ts';

describe('declaring a file', () => {
  const body = { fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 10, sha256: 'ab'.repeat(32) };
  const build = () => {
    const documents = memoryDocuments();
    const quotas = memoryQuotas();
    const { asked, signer } = spySigner();
    const deps = {
      clock,
      ids: { next: () => params.documentId },
      documents,
      quotas,
      signer,
      uploads: memoryUploads(),
      addressOf,
      profile: defaultProfile,
      storageSettings,
    };
    return { documents, quotas, asked, deps, declare: requestUpload(deps) };
  };

  it('writes the record and signs shut everything that was declared', async () => {
    const { documents, asked, declare } = build();
    const result = await declare({ caller: owner, requestId: 'r1', addressClass: 'private', body });
    expect(result).toMatchObject({
      ok: true,
      value: {
        document: { state: 'pending', ...body },
        upload: { kind: 'single-put', method: 'PUT', url: 'https://put' },
      },
    });
    expect([...documents.records.values()]).toMatchObject([
      { tenantId: owner.tenantId, ownerId: owner.subjectId, state: 'pending', ...body },
    ]);
    expect(asked.put).toEqual([
      {
        key: 'documents/north-clinic/57/01890a5d-ac96-774b-bcce-b302099a8057',
        mediaType: 'application/pdf',
        sizeBytes: 10,
        sha256: 'ab'.repeat(32),
        state: 'incoming',
        signedAt: clock.now(),
        expiresInSeconds: 300,
      },
    ]);
  });

  it('signs a form in place of the PUT where the client would rather send one, as narrow', async () => {
    const { asked, declare } = build();
    const wish = { ...body, transfer: 'form' as const };
    const result = await declare({ caller: owner, requestId: 'r1', addressClass: 'private', body: wish });
    const urls = { url: 'https://form', dualStackUrl: 'https://dual-stack.form' };
    expect(result).toMatchObject({ ok: true, value: { upload: { kind: 'form-post', ...urls } } });
    expect(asked.put).toEqual([]);
    expect(asked.form).toMatchObject([
      { sizeBytesMin: 10, sizeBytesMax: 10, sha256: body.sha256, state: 'incoming', successStatus: '201' },
    ]);
  });

  it('of a file above the profile’s size begins an upload in parts, by the checksum that was wished', async () => {
    const { asked, documents, deps, declare } = build();
    const { sha256: _, ...unhashed } = body;
    const sizeBytes = 20 * 1024 ** 2;
    const asking = { caller: owner, requestId: 'r1', addressClass: 'private' } as const;
    expect(
      await declare({ ...asking, body: { ...unhashed, sizeBytes, checksumAlgorithm: 'CRC64NVME' } }),
    ).toMatchObject({
      ok: true,
      value: {
        upload: {
          kind: 'multipart',
          partSizeBytes: 8 * 1024 ** 2,
          partsCount: 3,
          checksumAlgorithm: 'CRC64NVME',
          expiresAt: '2026-11-22T10:00:00.000Z',
        },
      },
    });
    expect(asked).toMatchObject({ put: [], form: [], parts: [] });
    expect([...documents.records.values()]).toMatchObject([{ upload: { uploadId: 'upload-1' } }]);
    expect([...deps.uploads.begun.values()]).toMatchObject([{ state: 'incoming', mediaType: 'application/pdf' }]);
    expect(await declare({ ...asking, body: { ...body, sizeBytes } })).toMatchObject({
      ok: false,
      failure: { kind: 'invalid-request', errors: [{ pointer: '/sha256' }] },
    });
    expect(await declare({ ...asking, body: unhashed })).toMatchObject({
      ok: false,
      failure: { kind: 'invalid-request', errors: [{ pointer: '/sha256' }] },
    });
  });

  it('takes no room where its upload in parts could not be begun', async () => {
    const { documents, quotas, deps } = build();
    const uploads = { create: async () => Promise.reject(new Error('slow down')) };
    const { sha256: _, ...unhashed } = body;
    const large = { ...unhashed, sizeBytes: 20 * 1024 ** 2 };
    const declare = requestUpload({ ...deps, uploads })({
      caller: owner,
      requestId: 'r1',
      addressClass: 'private',
      body: large,
    });
    await expect(declare).rejects.toThrow('slow down');
    expect(documents.records.size).toBe(0);
    expect([...quotas.counters.values()]).toMatchObject([
      { documents: 0, sizeBytes: 0 },
      { documents: 0, sizeBytes: 0 },
    ]);
  });

  it('tells a service where the object will lie and that it is not there yet, and people neither', async () => {
    const asking = { requestId: 'r1', addressClass: 'private', body } as const;
    const key = 'documents/north-clinic/57/01890a5d-ac96-774b-bcce-b302099a8057';

    expect(await build().declare({ ...asking, caller: { ...owner, roles: ['service'] } })).toMatchObject({
      headers: { 'X-S3-Key': key, 'X-S3-URL': addressOf(key), 'X-S3-Upload-Success': 'false' },
    });
    expect(await build().declare({ ...asking, caller: owner })).toMatchObject({ headers: {} });
  });

  it('that is refused leaves nothing behind', async () => {
    const { documents, asked, declare } = build();
    const refused = { ...body, mediaType: 'text/html' };
    expect(await declare({ caller: owner, requestId: 'r1', addressClass: 'private', body: refused })).toMatchObject({
      ok: false,
    });
    expect(documents.records.size).toBe(0);
    expect(asked.put).toEqual([]);
  });

  it('is refused where the quota is used up, and leaves no record behind', async () => {
    const { documents, quotas, asked, deps } = build();
    const quota = { user: { documentsMax: 1, sizeBytesMax: 1000 } };
    await quotas.reserve({ tenantId: owner.tenantId, ownerId: owner.subjectId }, 5, undefined, clock.now());
    const declare = requestUpload({ ...deps, profile: { ...defaultProfile, quota } });
    expect(await declare({ caller: owner, requestId: 'r1', addressClass: 'private', body })).toMatchObject({
      ok: false,
      failure: { kind: 'quota-exceeded', quota: { scope: 'user', documents: 1, documentsMax: 1 } },
    });
    expect(documents.records.size).toBe(0);
    expect(asked.put).toEqual([]);
  });

  it.each([
    ['patient', undefined],
    ['staff', { scope: 'tenant', documents: 1, documentsMax: 1, sizeBytes: 5, sizeBytesMax: 1000 }],
  ] as const)('tells a %s of a tenant that is full: %j', async (role, told) => {
    const { quotas, deps } = build();
    const quota = { tenant: { documentsMax: 1, sizeBytesMax: 1000 } };
    await quotas.reserve({ tenantId: owner.tenantId }, 5, undefined, clock.now());
    const declare = requestUpload({ ...deps, profile: { ...defaultProfile, quota } });
    const caller: Caller = { ...owner, roles: [role] };
    expect(await declare({ caller, requestId: 'r1', addressClass: 'private', body })).toEqual({
      ok: false,
      failure: { kind: 'quota-exceeded', ...(told && { quota: told }) },
    });
  });

  it('keeps what has no class as long as the storage settings say, and signs no class', async () => {
    const { documents, asked, deps } = build();
    const declare = requestUpload({ ...deps, storageSettings: { current: async () => ({ retentionDays: 90 }) } });
    await declare({ caller: owner, requestId: 'r1', addressClass: 'private', body });
    expect([...documents.records.values()]).toMatchObject([{ retainUntil: '2027-02-19T10:00:00.500Z' }]);
    expect(asked.put).toMatchObject([{ retentionClass: undefined }]);
  });

  it('leaves nothing behind where the storage settings cannot be used', async () => {
    const { documents, quotas, asked, deps } = build();
    const broken = { current: async () => Promise.reject(new Error('wrong')) };
    const declare = requestUpload({ ...deps, storageSettings: broken });
    await expect(declare({ caller: owner, requestId: 'r1', addressClass: 'private', body })).rejects.toThrow('wrong');
    expect([documents.records.size, quotas.counters.size, asked.put.length]).toEqual([0, 0, 0]);
  });

  it('neither reads nor writes a counter where the profile has no quota', async () => {
    const { quotas, deps } = build();
    const declare = requestUpload({ ...deps, profile: { ...defaultProfile, quota: undefined } });
    await declare({ caller: owner, requestId: 'r1', addressClass: 'private', body });
    expect(quotas.counters.size).toBe(0);
  });

  it('gives no URL where the record could not be written', async () => {
    const { asked, deps } = build();
    deps.documents.create = async () => Promise.reject(new Error('away'));
    await expect(
      requestUpload(deps)({ caller: owner, requestId: 'r1', addressClass: 'private', body }),
    ).rejects.toThrow('away');
    expect(asked.put).toEqual([]);
  });
});
