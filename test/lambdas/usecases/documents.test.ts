import { describe, expect, it } from 'vitest';
import type { DocumentState } from '../../../contract/states.ts';
import { documentStates } from '../../../contract/states.ts';
import { objectKey } from '../../../lambdas/domain/object-key.ts';
import type { ObjectSigner } from '../../../lambdas/ports.ts';
import { getDocument } from '../../../lambdas/usecases/get-document.ts';
import { issueDownload } from '../../../lambdas/usecases/issue-download.ts';
import { listDocuments } from '../../../lambdas/usecases/list-documents.ts';
import { requestUpload } from '../../../lambdas/usecases/request-upload.ts';
import { defaultProfile } from '../../../profiles/default.ts';
import { aRecord } from '../../support/arbitraries.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

const owner = { tenantId: 'north-clinic', subjectId: 'owner-1' };
const ownership = { tenantId: owner.tenantId, ownerId: owner.subjectId };
const strangers = [
  { tenantId: 'north-clinic', subjectId: 'owner-2' },
  { tenantId: 'south-clinic', subjectId: 'owner-1' },
];
const available = aRecord({ state: 'available', versionId: 'v1', availableAt: '2026-11-21T10:02:00.000Z' });
const clock = { now: () => new Date('2026-11-21T10:00:00.500Z') };
const params = { documentId: available.documentId };
const notFound = { ok: false, failure: { kind: 'document-not-found' } };

/** Remembers what it was asked to sign. */
const spySigner = () => {
  const asked: { put: unknown[]; get: unknown[] } = { put: [], get: [] };
  const signed = (url: string) => ({ url, headers: { 'if-none-match': '*' }, expiresAt: new Date(60_000) });
  const signer: ObjectSigner = {
    signPut: async (upload) => {
      asked.put.push(upload);
      return signed('https://put');
    },
    signGet: async (download) => {
      asked.get.push(download);
      return signed('https://get');
    },
  };
  return { asked, signer };
};

describe('reading a document', () => {
  it('shows it to its owner', async () => {
    const result = await getDocument({ documents: memoryDocuments(available) })({ caller: owner, params });
    expect(result).toMatchObject({ ok: true, value: { id: available.documentId, state: 'available' } });
    expect(JSON.stringify(result)).not.toMatch(/north-clinic|owner-1|v1/);
  });

  it.each(strangers)('hides it from $tenantId/$subjectId as if it were not there', async (caller) => {
    const documents = memoryDocuments(available);
    expect(await getDocument({ documents })({ caller, params })).toEqual(notFound);
    expect(
      await issueDownload({ clock, documents, signer: spySigner().signer, profile: defaultProfile })({
        caller,
        params,
      }),
    ).toEqual(notFound);
    expect(await getDocument({ documents: memoryDocuments() })({ caller, params })).toEqual(notFound);
  });

  it('hides it from another tenant even where the table gave it away', async () => {
    const documents = { ...memoryDocuments(), find: async () => available };
    const caller = { ...owner, tenantId: 'south-clinic' };
    expect(await getDocument({ documents })({ caller, params })).toEqual(notFound);
  });

  it('tells why it was rejected', async () => {
    const documents = memoryDocuments(aRecord({ state: 'rejected', rejectionReason: 'media-type-mismatch' }));
    expect(await getDocument({ documents })({ caller: owner, params })).toMatchObject({
      value: { rejection: { reason: 'media-type-mismatch', detail: expect.stringMatching(/not of the type/) } },
    });
  });
});

describe('a download', () => {
  it('is signed for exactly the pinned version, the declared type and the safe name', async () => {
    const { asked, signer } = spySigner();
    const documents = memoryDocuments({ ...available, fileName: 'a\r\nb.pdf' });
    const result = await issueDownload({ clock, documents, signer, profile: defaultProfile })({
      caller: owner,
      params,
    });
    expect(result).toEqual({ ok: true, value: { url: 'https://get', expiresAt: '1970-01-01T00:01:00.000Z' } });
    expect(asked.get).toEqual([
      {
        key: objectKey(available),
        versionId: 'v1',
        signedAt: clock.now(),
        mediaType: 'application/pdf',
        contentDisposition: 'attachment; filename="ab.pdf"',
        expiresInSeconds: 120,
      },
    ]);
  });

  it.each(documentStates.filter((state) => state !== 'available'))(
    'of a document that is %s is refused with the state',
    async (state: DocumentState) => {
      const { asked, signer } = spySigner();
      const documents = memoryDocuments({ ...available, state });
      const result = await issueDownload({ clock, documents, signer, profile: defaultProfile })({
        caller: owner,
        params,
      });
      expect(result).toEqual({ ok: false, failure: { kind: 'document-not-available', state } });
      expect(asked.get).toEqual([]);
    },
  );
});

describe('declaring a file', () => {
  const body = { fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 10, sha256: 'ab'.repeat(32) };
  const build = () => {
    const documents = memoryDocuments();
    const { asked, signer } = spySigner();
    const deps = {
      clock,
      ids: { next: () => params.documentId },
      documents,
      signer,
      profile: defaultProfile,
    };
    return { documents, asked, deps, declare: requestUpload(deps) };
  };

  it('writes the record and signs shut everything that was declared', async () => {
    const { documents, asked, declare } = build();
    const result = await declare({ caller: owner, requestId: 'r1', body });
    expect(result).toMatchObject({
      ok: true,
      value: {
        document: { state: 'pending', ...body },
        upload: { kind: 'single-put', method: 'PUT', url: 'https://put' },
      },
    });
    expect([...documents.records.values()]).toMatchObject([{ ...ownership, state: 'pending', ...body }]);
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

  it('that is refused leaves nothing behind', async () => {
    const { documents, asked, declare } = build();
    const refused = { ...body, mediaType: 'text/html' };
    expect(await declare({ caller: owner, requestId: 'r1', body: refused })).toMatchObject({ ok: false });
    expect(documents.records.size).toBe(0);
    expect(asked.put).toEqual([]);
  });

  it('gives no URL where the record could not be written', async () => {
    const { asked, deps } = build();
    deps.documents.create = async () => Promise.reject(new Error('away'));
    await expect(requestUpload(deps)({ caller: owner, requestId: 'r1', body })).rejects.toThrow('away');
    expect(asked.put).toEqual([]);
  });
});

describe('listing documents', () => {
  const ids = Array.from({ length: 5 }, (_, index) => `01890a5d-ac96-774b-bcce-00000000000${index}`);
  const documents = memoryDocuments(
    ...ids.map((documentId) => aRecord({ documentId })),
    aRecord({ documentId: '01890a5d-ac96-774b-bcce-000000000009', ownerId: 'owner-2' }),
  );
  const list = listDocuments({ documents });

  it('gives pages of the own documents, newest first, to the end', async () => {
    const first = await list({ caller: owner, query: { limit: 3 } });
    if (!first.ok || first.value.nextCursor === undefined) throw new Error('no first page');
    const second = await list({ caller: owner, query: { limit: 3, cursor: first.value.nextCursor } });
    if (!second.ok) throw new Error('no second page');
    const seen = [...first.value.documents, ...second.value.documents].map(({ id }) => id);
    expect(seen).toEqual(ids.toReversed());
    expect(second.value).not.toHaveProperty('nextCursor');
  });

  it('refuses a cursor that is not ours and names it', async () => {
    expect(await list({ caller: owner, query: { cursor: 'x' } })).toMatchObject({
      ok: false,
      failure: { kind: 'invalid-request', errors: [{ pointer: 'query:cursor' }] },
    });
  });
});
