import { describe, expect, it } from 'vitest';
import { type DocumentState, documentStates } from '../../../contract/states.ts';
import { objectKey } from '../../../lambdas/domain/object-key.ts';
import { issueDownload } from '../../../lambdas/usecases/issue-download.ts';
import { defaultProfile } from '../../../profiles/default.ts';
import { available, clock, notFound, owner, params, spySigner, strangers } from '../../support/callers.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

const asking = { requestId: 'request-9', addressClass: 'public-ipv4' } as const;

describe('a download', () => {
  it.each(strangers)('is refused to $tenantId/$subjectId as if the document were not there', async (caller) => {
    const { asked, signer } = spySigner();
    const documents = memoryDocuments(available);
    const result = await issueDownload({ clock, documents, signer, profile: defaultProfile })({
      ...asking,
      caller,
      params,
    });
    expect(result).toEqual(notFound);
    expect(asked.get).toEqual([]);
  });

  it('is signed for exactly the pinned version, the declared type and the safe name', async () => {
    const { asked, signer } = spySigner();
    const documents = memoryDocuments({ ...available, fileName: 'a\r\nb.pdf' });
    const result = await issueDownload({ clock, documents, signer, profile: defaultProfile })({
      ...asking,
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

  it('is in the history before the link leaves, with who asked and until when it opens the document', async () => {
    const documents = memoryDocuments(available);
    await issueDownload({ clock, documents, signer: spySigner().signer, profile: defaultProfile })({
      ...asking,
      caller: owner,
      params,
    });
    expect((await documents.history(available)).at(-1)).toEqual({
      kind: 'download-issued',
      revision: available.lastChange.revision,
      at: clock.now().toISOString(),
      by: owner.subjectId,
      requestId: 'request-9',
      addressClass: 'public-ipv4',
      expiresAt: '1970-01-01T00:01:00.000Z',
    });
  });

  it('that cannot be recorded is not given out', async () => {
    const documents = { ...memoryDocuments(available), recordDownload: () => Promise.reject(new Error('away')) };
    const asked = issueDownload({ clock, documents, signer: spySigner().signer, profile: defaultProfile })({
      ...asking,
      caller: owner,
      params,
    });
    await expect(asked).rejects.toThrow('away');
  });

  it.each(documentStates.filter((state) => state !== 'available'))(
    'of a document that is %s is refused with the state',
    async (state: DocumentState) => {
      const { asked, signer } = spySigner();
      const documents = memoryDocuments({ ...available, state });
      const result = await issueDownload({ clock, documents, signer, profile: defaultProfile })({
        ...asking,
        caller: owner,
        params,
      });
      expect(result).toEqual({ ok: false, failure: { kind: 'document-not-available', state } });
      expect(asked.get).toEqual([]);
    },
  );
});
