import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../contract/profile.ts';
import type { LinkRequest } from '../../../contract/schemas/link.ts';
import { type DocumentState, documentStates } from '../../../contract/states.ts';
import { linkTokens } from '../../../lambdas/adapters/link-tokens.ts';
import type { Caller, DocumentRecord } from '../../../lambdas/domain/document.ts';
import { objectKey } from '../../../lambdas/domain/object-key.ts';
import { createLink } from '../../../lambdas/usecases/create-link.ts';
import { openLink } from '../../../lambdas/usecases/open-link.ts';
import { defaultProfile } from '../../../profiles/default.ts';
import { available, notFound, owner, params, spySigner, strangers } from '../../support/callers.ts';
import { memoryDocuments } from '../../support/memory-documents.ts';
import { memoryLinks } from '../../support/memory-links.ts';

const world = (changes: Partial<DocumentRecord> = {}, profile: Partial<Profile> = {}) => {
  const record = { ...available, ...changes };
  const { asked, signer } = spySigner();
  const documents = memoryDocuments(record);
  const links = memoryLinks();
  let now = new Date('2026-11-21T10:00:00.500Z');
  const clock = { now: () => now };
  const deps = { clock, documents, links, linkTokens, signer, profile: { ...defaultProfile, ...profile } };
  const share = (body: LinkRequest = {}, caller: Caller = owner) =>
    createLink(deps)({ caller, params, body, apiUrl: 'https://api.example.org/live' });
  let requests = 0;
  const open = (token: string) =>
    openLink(deps)({ requestId: `request-${++requests}`, addressClass: 'public-ipv6', params: { token } });
  const shared = async (body?: LinkRequest, caller?: Caller) => {
    const made = await share(body, caller);
    if (!made.ok) throw new Error(`No link: ${made.failure.kind}`);
    return { ...made.value, token: made.value.url.split('/').at(-1) ?? '' };
  };
  const passSeconds = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  const correct = (correction: Partial<DocumentRecord>) =>
    documents.records.set(`${record.tenantId}/${record.documentId}`, { ...record, ...correction });
  const become = (state: DocumentState) => correct({ state });
  return { share, shared, open, asked, documents, links, deps, passSeconds, become, correct, record };
};

const refused = (...pointers: string[]) => ({
  ok: false,
  failure: {
    kind: 'invalid-request',
    errors: pointers.map((pointer) => ({ pointer, detail: expect.stringMatching(/^[A-Z].*\.$/) })),
  },
});
const usedUp = { ok: false, failure: { kind: 'link-used-up' } };
const noLink = { ok: false, failure: { kind: 'link-not-found' } };

describe('making a link that works once', () => {
  it('gives a URL of this API with a secret of 256 bits, and keeps only its hash', async () => {
    const { shared, links } = world();
    const { url, token, expiresAt } = await shared();
    expect(url).toBe(`https://api.example.org/live/v1/links/${token}`);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(expiresAt).toBe('2026-11-22T10:00:00.500Z');
    expect(JSON.stringify([...links.kept])).not.toContain(token);
    expect((await shared()).token).not.toBe(token);
  });

  it.each([
    [undefined, 600, 600],
    [undefined, undefined, 86_400],
    [undefined, 604_800, 86_400],
    [600, 600, 600],
    [604_800, undefined, 604_800],
  ])('that waits %s seconds where the profile allows %s ends after %i', async (expiresInSeconds, most, seconds) => {
    const { shared } = world({}, most === undefined ? {} : { linkExpiresInSecondsMax: most });
    const { expiresAt } = await shared(expiresInSeconds === undefined ? {} : { expiresInSeconds });
    expect(Date.parse(expiresAt) - Date.parse('2026-11-21T10:00:00.500Z')).toBe(seconds * 1000);
  });

  it('names every field that the profile or the type of the file does not allow', async () => {
    const strict = { linkExpiresInSecondsMax: 600, reasonRequiredFrom: ['patient'] } as const;
    const { share, links } = world({ mediaType: 'text/html' as never }, strict as unknown as Partial<Profile>);
    const body = { expiresInSeconds: 601, disposition: 'inline' } as const;
    expect(await share(body)).toEqual(refused('/expiresInSeconds', '/disposition', '/reason'));
    expect(links.kept.size).toBe(0);
  });

  it.each(strangers)('is refused to $tenantId/$subjectId as if the document were not there', async (caller) => {
    const { share, links } = world();
    expect(await share({}, caller)).toEqual(notFound);
    expect(links.kept.size).toBe(0);
  });

  it.each(documentStates.filter((state) => state !== 'available'))('is refused while it is %s', async (state) => {
    expect(await world({ state }).share()).toEqual({ ok: false, failure: { kind: 'document-not-available', state } });
  });
});

describe('opening a link that works once', () => {
  it('leads to exactly the pinned version, for half a minute', async () => {
    const { shared, open, asked, record, deps } = world();
    const { token } = await shared({ disposition: 'inline' });
    expect(await open(token)).toEqual({ ok: true, redirectTo: 'https://get' });
    expect(asked.get).toEqual([
      {
        key: objectKey(record),
        versionId: 'v1',
        mediaType: 'application/pdf',
        contentDisposition: expect.stringMatching(/^inline; /),
        signedAt: deps.clock.now(),
        expiresInSeconds: 30,
      },
    ]);
  });

  it('works once', async () => {
    const { shared, open } = world();
    const { token } = await shared();
    await open(token);
    expect([await open(token), await open(token)]).toEqual([usedUp, usedUp]);
  });

  it('is in the history: who made the link, when and why, and who opened it from where', async () => {
    const { shared, open, documents, record, passSeconds, deps } = world();
    const { token } = await shared({ reason: 'Second opinion' });
    passSeconds(3600);
    await open(token);
    expect((await documents.history(record)).at(-1)).toEqual({
      kind: 'download-issued',
      revision: record.lastChange.revision,
      at: deps.clock.now().toISOString(),
      by: owner.subjectId,
      linkCreatedAt: '2026-11-21T10:00:00.500Z',
      reason: 'Second opinion',
      disposition: 'attachment',
      requestId: 'request-1',
      addressClass: 'public-ipv6',
      expiresAt: '1970-01-01T00:01:00.000Z',
    });
  });

  it('ends with its time', async () => {
    const { shared, open, passSeconds } = world();
    const { token } = await shared({ expiresInSeconds: 60 });
    passSeconds(60);
    expect(await open(token)).toEqual(usedUp);
  });

  it.each(['', 'a', 'a'.repeat(43), 'a'.repeat(44), '../documents', '{token}'])('finds none by %j', async (token) => {
    expect(await world().open(token)).toEqual(noLink);
  });

  it.each(documentStates.filter((state) => state !== 'available'))(
    'leads nowhere once the document is %s, and says no more than that the link is used up',
    async (state) => {
      const { shared, open, become, asked } = world();
      const { token } = await shared();
      become(state);
      expect(await open(token)).toEqual(usedUp);
      expect(asked.get).toEqual([]);
    },
  );

  it('leads nowhere once its maker is not whom the document is about any more', async () => {
    const about = (id: string) => ({ metadata: { subject: { type: 'patient', id } } });
    const concerned: Caller = { ...owner, subjectId: 'p7' };
    const { shared, open, correct, asked } = world(about('p7'));
    const { token } = await shared({}, concerned);
    const { token: ofOwner } = await shared();
    correct(about('p8'));
    expect(await open(token)).toEqual(usedUp);
    expect(asked.get).toEqual([]);
    expect(await open(ofOwner)).toMatchObject({ ok: true });
  });

  it('leaves the link used up where it died after the claim, and tells the next who opens it', async () => {
    const { shared, open, deps } = world();
    const { token } = await shared();
    const documents = { ...deps.documents, recordDownload: () => Promise.reject(new Error('died')) };
    const dying = openLink({ ...deps, documents })({
      requestId: 'request-9',
      addressClass: 'unknown',
      params: { token },
    });
    await expect(dying).rejects.toThrow('died');
    expect(await open(token)).toEqual(usedUp);
  });
});
