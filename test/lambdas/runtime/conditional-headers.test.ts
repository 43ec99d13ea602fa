import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsTag, matchesTag } from '../../../lambdas/runtime/entity-tags.ts';

const tag = '"1.r3"';
const otherTag = fc
  .tuple(fc.constantFrom('', 'W/'), fc.stringMatching(/^[!#-~]{0,12}$/))
  .filter(([, opaque]) => `"${opaque}"` !== tag)
  .map(([weak, opaque]) => `${weak}"${opaque}"`);
const separator = fc.constantFrom(',', ', ', ' ,\t', ',,', ' , , ');

describe('If-None-Match', () => {
  it.each(['*', ' * ', tag, `W/${tag}`, `"a", ${tag}`, `${tag},"b"`, `"a,b" , W/${tag} , "c"`, `,, ${tag},`])(
    'holds the tag as %j',
    (value) => expect(holdsTag(value, tag)).toBe(true),
  );

  it('compares weakly: a weak tag is held as well as a strong one', () => {
    expect(holdsTag(tag, `W/${tag}`)).toBe(true);
    expect(holdsTag(`W/${tag}`, `W/${tag}`)).toBe(true);
    expect(holdsTag('W/"1.r4"', `W/${tag}`)).toBe(false);
  });

  it.each([
    undefined,
    '',
    ' ',
    '1.r3',
    '"1.r30"',
    '"1.R3"',
    'w/"1.r3"',
    '"1.r3',
    `${tag} x`,
    `x ${tag}`,
    `${tag}${tag}`,
    `"a" ${tag}`,
    `*, ${tag}`,
    '"x,1.r3"',
    ',',
  ])('does not hold it as %j', (value) => expect(holdsTag(value, tag)).toBe(false));

  it('finds the tag in any list of tags, and in no list without it', () => {
    fc.assert(
      fc.property(fc.array(otherTag, { minLength: 1, maxLength: 6 }), separator, fc.nat(), (others, comma, place) => {
        expect(holdsTag(others.join(comma), tag)).toBe(false);
        expect(holdsTag(others.toSpliced(place % (others.length + 1), 0, tag).join(comma), tag)).toBe(true);
      }),
    );
  });

  it('takes no longer for what is long and malformed', () => {
    for (const part of ['\t', ',', ' ,', '"', '"a"', '"a" ', '"a",']) {
      const start = performance.now();
      expect(holdsTag(`"a"${part.repeat(20_000)}x`, tag)).toBe(false);
      expect(performance.now() - start).toBeLessThan(500);
    }
  });
});

describe('If-Match', () => {
  it.each(['*', ' * ', tag, `"a", ${tag}`, `${tag},"b"`, `"a,b" , ${tag} , W/"c"`, `,, ${tag},`])(
    'holds the tag as %j',
    (value) => expect(matchesTag(value, tag)).toBe(true),
  );

  it.each(['', ' ', '1.r3', `W/${tag}`, '"1.r30"', '"1.r3', `${tag} x`, `"a" ${tag}`, `*, ${tag}`])(
    'does not hold it as %j: weak or malformed is never seen',
    (value) => expect(matchesTag(value, tag)).toBe(false),
  );
});
