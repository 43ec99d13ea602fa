import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextLink } from '../../../lambdas/domain/next-link.ts';

it('the link to the next page is the same request with the cursor of the next page, whatever its filters hold', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((each) => each.toWellFormed());
  fc.assert(
    fc.property(text, fc.option(text, { nil: undefined }), (part, tag) => {
      const link = nextLink({ limit: 7, text: part, tag, cursor: 'old' }, 'next-1_A');
      const [, target = ''] = /^<([\x21-\x7e]*)>; rel="next"$/.exec(link) ?? [];
      expect(target).not.toMatch(/[<>+]/);
      const { origin, pathname, searchParams } = new URL(target, 'https://api.example.org/live/v1/documents?x=1');
      expect(`${origin}${pathname}`).toBe('https://api.example.org/live/v1/documents');
      expect(Object.fromEntries(searchParams)).toEqual({
        limit: '7',
        text: part,
        ...(tag !== undefined && { tag }),
        cursor: 'next-1_A',
      });
    }),
  );
});
