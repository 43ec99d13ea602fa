import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { AccessReason, DownloadQuery } from '../../contract/schemas/download.ts';

describe('the reason for access', () => {
  it.each(['abc', 'x'.repeat(200), 'Überweisung an die Klinik', '診断の確認', 'Second opinion 👩‍⚕️', ' abc '])(
    'may be %j',
    (reason) => expect(z.safeParse(AccessReason, reason).success).toBe(true),
  );

  it.each(['', 'ab', ' a  ', 'x'.repeat(201), 'two\nlines', 'tab\there', 'nul\0', 'lone \ud800 surrogate', 7, null])(
    'may not be %j, and says what to do',
    (reason) => {
      const { error } = z.safeParse(AccessReason, reason);
      expect(error?.issues[0]?.message).toMatch(/^[A-Z].*reason.*\.$/);
    },
  );
});

describe('the query of a download', () => {
  it('takes nothing, or a disposition, a redirect and a reason', () => {
    expect(z.parse(DownloadQuery, {})).toEqual({});
    expect(z.parse(DownloadQuery, { disposition: 'inline', redirect: 'true', reason: 'abc' })).toEqual({
      disposition: 'inline',
      redirect: true,
      reason: 'abc',
    });
    expect(z.parse(DownloadQuery, { disposition: 'attachment', redirect: 'false' })).toMatchObject({ redirect: false });
  });

  it.each([
    { disposition: 'INLINE' },
    { disposition: '' },
    { redirect: '1' },
    { redirect: '' },
    { redirect: true },
    { expires: '900' },
  ])('does not take %j', (query) => expect(z.safeParse(DownloadQuery, query).success).toBe(false));
});
