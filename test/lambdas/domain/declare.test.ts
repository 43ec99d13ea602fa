import { describe, expect, it } from 'vitest';
import { admit, declareDocument } from '../../../lambdas/domain/declare.ts';
import type { Caller } from '../../../lambdas/domain/document.ts';
import { viewOf } from '../../../lambdas/domain/view.ts';
import { defaultProfile } from '../../../profiles/default.ts';

const declared = { fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 10, sha256: 'a'.repeat(64) } as const;

const caller: Caller = { tenantId: 't1', subjectId: 's1', roles: ['patient'] };

describe('admission by the profile', () => {
  const profile = { ...defaultProfile, mediaTypes: ['application/pdf' as const], sizeBytesMax: 10 };

  it('takes a file at the limit', () => {
    expect(admit(declared, profile, caller)).toEqual({ ok: true, value: 'application/pdf' });
  });

  it('refuses one byte more and says the limit', () => {
    expect(admit({ ...declared, sizeBytes: 11 }, profile, caller)).toEqual({
      ok: false,
      failure: { kind: 'file-too-large', sizeBytesMax: 10 },
    });
  });

  it('refuses a retention class that there is not, and says which there are', () => {
    const classes = { short: { days: 1 }, long: { days: 36_500 } };
    const refused = (retentionClass: string, retention: object) =>
      admit({ ...declared, retentionClass }, { ...profile, retention: { ...profile.retention, ...retention } }, caller);
    const failure = (detail: string) => ({
      ok: false,
      failure: { kind: 'invalid-request', errors: [{ pointer: '/retentionClass', detail }] },
    });
    for (const name of ['medium', 'constructor'])
      expect(refused(name, { classes })).toEqual(failure('Choose one of short, long.'));
    for (const none of [{ classes: {} }, { classes: undefined }])
      expect(refused('short', none)).toEqual(failure('Leave it out: there are no retention classes here.'));
    expect(refused('long', { classes })).toMatchObject({ ok: true });
  });

  it.each(['image/png', 'image/svg+xml', 'text/html', 'toString', '__proto__'])(
    'refuses %s and says what is taken',
    (mediaType) => {
      expect(admit({ ...declared, mediaType }, profile, caller)).toEqual({
        ok: false,
        failure: { kind: 'media-type-not-allowed', mediaTypes: ['application/pdf'] },
      });
    },
  );
});

describe('a declared document', () => {
  const context = {
    caller,
    documentId: '01890a5d-ac96-774b-bcce-b302099a8057',
    now: new Date('2026-11-21T10:00:00.500Z'),
    profile: defaultProfile,
    requestId: 'r1',
    addressClass: 'private' as const,
  };

  it('belongs to the caller and waits no shorter than the longest transfer and the clocks furthest apart after the URL expired', () => {
    expect(declareDocument(declared, context)).toMatchObject({
      tenantId: 't1',
      ownerId: 's1',
      state: 'pending',
      uploadExpiresAt: '2026-11-21T10:05:00.000Z',
      sweepAfter: '2026-11-21T11:20:00.000Z',
      dueAt: '2026-11-21T11:20:00.000Z',
      lastChange: {
        revision: 1,
        from: null,
        to: 'pending',
        cause: 'declared',
        by: 's1',
        requestId: 'r1',
        addressClass: 'private',
      },
    });
  });

  it.each([
    ['short', undefined, { retentionClass: 'short', retainUntil: '2026-11-22T10:00:00.500Z' }],
    [undefined, 'long', { retentionClass: 'long', retainUntil: '2126-10-28T10:00:00.500Z' }],
    ['short', 'long', { retentionClass: 'short', retainUntil: '2026-11-22T10:00:00.500Z' }],
    [undefined, undefined, {}],
  ])('of class %s, by default %s, is kept so long', (retentionClass, defaultClass, kept) => {
    const classes = { short: { days: 1 }, long: { days: 36_500 } };
    const retention = { ...defaultProfile.retention, classes, defaultClass };
    const record = declareDocument(
      { ...declared, retentionClass },
      { ...context, profile: { ...defaultProfile, retention } },
    );
    const { retentionClass: shown, retainUntil } = viewOf(record);
    expect({ ...(shown && { retentionClass: shown }), ...(retainUntil && { retainUntil }) }).toEqual(kept);
    // An upload must be seen to first.
    expect(record.dueAt).toBe(record.sweepAfter);
  });

  it('keeps its name as it came, lone surrogates aside', () => {
    const fileName = '..\u202e/\u0000 <b>\ud800';
    expect(declareDocument({ ...declared, fileName }, context).fileName).toBe('..\u202e/\u0000 <b>\ufffd');
  });
});
