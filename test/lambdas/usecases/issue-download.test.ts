import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../contract/profile.ts';
import type { DownloadQuery } from '../../../contract/schemas/download.ts';
import { type DocumentState, documentStates } from '../../../contract/states.ts';
import type { Caller, DocumentRecord } from '../../../lambdas/domain/document.ts';
import { objectKey } from '../../../lambdas/domain/object-key.ts';
import { issueDownload } from '../../../lambdas/usecases/issue-download.ts';
import { defaultProfile } from '../../../profiles/default.ts';
import { available, clock, notFound, owner, params, spySigner, strangers } from '../../support/callers.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';

const world = (changes: Partial<DocumentRecord> = {}, profile: Partial<Profile> = {}) => {
  const record = { ...available, ...changes };
  const { asked, signer } = spySigner();
  const documents = memoryDocuments(record);
  const deps = { clock, documents, signer, profile: { ...defaultProfile, ...profile } };
  const ask = (query: DownloadQuery = {}, caller: Caller = owner) =>
    issueDownload(deps)({ requestId: 'request-9', addressClass: 'public-ipv4', caller, params, query });
  return { ask, asked, deps, last: async () => (await documents.history(record)).at(-1) };
};

const link = { url: 'https://get', expiresAt: '1970-01-01T00:01:00.000Z' };
const mustSayWhy = { reasonRequiredFrom: ['staff'] } as const satisfies Partial<Profile>;
const staff: Caller = { ...owner, subjectId: 'nurse-1', roles: ['staff'] };
const refused = (pointer: string) => ({
  ok: false,
  failure: { kind: 'invalid-request', errors: [{ pointer, detail: expect.stringMatching(/^[A-Z].*\.$/) }] },
});

describe('a download', () => {
  it.each(strangers)('is refused to $tenantId/$subjectId as if the document were not there', async (caller) => {
    const { ask, asked } = world({}, { reasonRequiredFrom: ['patient', 'admin'] });
    expect(await ask({}, caller)).toEqual(notFound);
    expect(asked.get).toEqual([]);
  });

  it('is signed for exactly the pinned version, the declared type and the safe name', async () => {
    const { ask, asked } = world({ fileName: 'a\r\nb.pdf' });
    expect(await ask()).toEqual({ ok: true, value: link });
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

  it.each([120, 900])('lives for the %i seconds of the profile', async (downloadExpiresInSeconds) => {
    const { ask, asked } = world({}, { downloadExpiresInSeconds });
    await ask();
    expect(asked.get).toMatchObject([{ expiresInSeconds: downloadExpiresInSeconds }]);
  });

  it('is in the history before the link leaves, with who asked and until when it opens the document', async () => {
    const { ask, last } = world();
    await ask();
    expect(await last()).toEqual({
      kind: 'download-issued',
      revision: available.lastChange.revision,
      at: clock.now().toISOString(),
      by: owner.subjectId,
      requestId: 'request-9',
      addressClass: 'public-ipv4',
      expiresAt: link.expiresAt,
      disposition: 'attachment',
    });
  });

  it('that cannot be recorded is not given out', async () => {
    const { deps } = world();
    const documents = { ...deps.documents, recordDownload: () => Promise.reject(new Error('away')) };
    const asked = issueDownload({ ...deps, documents })({
      requestId: 'request-9',
      addressClass: 'public-ipv4',
      caller: owner,
      params,
      query: { redirect: true },
    });
    await expect(asked).rejects.toThrow('away');
  });

  it.each(documentStates.filter((state) => state !== 'available'))(
    'of a document that is %s is refused with the state',
    async (state: DocumentState) => {
      const { ask, asked } = world({ state });
      expect(await ask()).toEqual({ ok: false, failure: { kind: 'document-not-available', state } });
      expect(asked.get).toEqual([]);
    },
  );

  it('leads to the bytes where a redirect is asked for', async () => {
    expect(await world().ask({ redirect: true })).toEqual({ ok: true, redirectTo: link.url });
    expect(await world().ask({ redirect: false })).toEqual({ ok: true, value: link });
  });
});

describe('a download to be shown', () => {
  it('says so to S3 and in the history', async () => {
    const { ask, asked, last } = world();
    expect(await ask({ disposition: 'inline' })).toMatchObject({ ok: true });
    expect(asked.get).toMatchObject([{ contentDisposition: expect.stringMatching(/^inline; filename="/) }]);
    expect(await last()).toMatchObject({ disposition: 'inline' });
  });

  it.each(['text/html', 'image/svg+xml', 'constructor'])('is refused for %s', async (mediaType) => {
    const { ask, asked } = world({ mediaType: mediaType as never });
    expect(await ask({ disposition: 'inline' })).toEqual(refused('query:disposition'));
    expect(asked.get).toEqual([]);
  });
});

describe('the reason for a download', () => {
  it('must be given by whoever has a role that the profile names, and by nobody else', async () => {
    const { ask, asked } = world({}, mustSayWhy);
    expect(await ask({}, staff)).toEqual(refused('query:reason'));
    expect(await ask({}, { ...staff, roles: ['admin', 'staff'] })).toEqual(refused('query:reason'));
    expect(asked.get).toEqual([]);
    expect(await ask({}, owner)).toMatchObject({ ok: true });
  });

  it('is in the history, also where it need not be given', async () => {
    for (const caller of [staff, owner]) {
      const { ask, last } = world({}, mustSayWhy);
      await ask({ reason: 'The patient asked me to.' }, caller);
      expect(await last()).toMatchObject({ by: caller.subjectId, reason: 'The patient asked me to.' });
    }
  });
});
