import { describe, expect, it } from 'vitest';
import { admit, declareDocument } from '../../../lambdas/domain/declare.ts';
import type { Caller } from '../../../lambdas/domain/document.ts';
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

  it('keeps its name as it came, lone surrogates aside', () => {
    const fileName = '..\u202e/\u0000 <b>\ud800';
    expect(declareDocument({ ...declared, fileName }, context).fileName).toBe('..\u202e/\u0000 <b>\ufffd');
  });
});
