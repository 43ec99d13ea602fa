import { describe, expect, it } from 'vitest';
import { transitions } from '../../../lambdas/domain/lifecycle.ts';
import { entryInWords, type HistoryEntry } from '../../../web/src/documents/history-words.ts';

type Change = Extract<HistoryEntry, { kind: 'change' }>;

const entry = (part: Partial<Change>): Change => ({
  kind: 'change',
  revision: 2,
  at: '2026-01-01T00:00:00.000Z',
  by: 'owner-1',
  requestId: 'request-1',
  from: 'available',
  to: 'deleted',
  cause: 'user',
  ...part,
});

describe('entryInWords', () => {
  it.each([
    [{ addressClass: 'public-ipv6' }, 'you, from the internet'],
    [{ addressClass: 'private' }, 'you, from a private network'],
    [{ addressClass: 'unknown' }, 'you'],
    [{}, 'you'],
    [{ by: 'owner-2', addressClass: 'public-ipv4' }, 'someone else, from the internet'],
    [{ cause: 'declared', from: null, to: 'pending' }, 'you'],
    [{ cause: 'sweep', by: 'sweep', from: 'deleted', to: 'purging' }, 'Sealdrop'],
    [{ cause: 'object-created', by: 'record-upload', from: 'pending', to: 'available' }, 'Sealdrop'],
  ] satisfies [Partial<Change>, string][])('says of %j that it was done by %s', (part, who) => {
    expect(entryInWords(entry(part), 'owner-1').who).toBe(who);
  });

  it('has words of its own for each way a document can change', () => {
    const words = Object.values(transitions).flatMap(({ from, to }) =>
      (from.length === 0 ? [null] : from).map((before) => entryInWords(entry({ from: before, to }), '').what),
    );
    expect(words.every((what) => /^[A-Z]/.test(what))).toBe(true);
    // Refused on arrival or by the scan, deleted or over from either state: the same word serves.
    expect(new Set(words).size).toBe(words.length - 3);
  });

  it('says why something was refused, as the document does', () => {
    const { detail } = entryInWords(entry({ to: 'rejected', rejectionReason: 'malware-found' }), 'owner-1');
    expect(detail).toContain('The file holds malware.');
  });

  it('says of a download link who got it and until when it was good', () => {
    const { from: _from, to: _to, cause: _cause, kind: _kind, ...common } = entry({ addressClass: 'loopback' });
    const link: HistoryEntry = { ...common, kind: 'download-issued', expiresAt: '2026-01-01T00:05:00.000Z' };
    expect(entryInWords(link, 'owner-1')).toEqual({
      what: 'Download link requested',
      who: 'you, on the computer of the service',
      detail: expect.stringMatching(/^It was good until \S.*\.$/),
    });
    const detail = expect.stringMatching(/^It was good until \S.*\. Reason given: Second opinion$/);
    expect(entryInWords({ ...link, linkCreatedAt: '2026-01-01T00:00:00.000Z' }, 'owner-1')).toMatchObject({
      what: 'Opened by a link that works once, made',
      who: 'you',
    });
    expect(entryInWords({ ...link, reason: 'Second opinion' }, 'owner-1')).toMatchObject({ detail });
  });
});
