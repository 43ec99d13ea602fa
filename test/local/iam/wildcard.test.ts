import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern, type Pattern } from '../../../local/iam/wildcard.ts';

const patternOf = (text: string): Pattern =>
  [...text].map((character) => (character === '*' || character === '?' ? character : { literal: character }));

/** The definition, written down: exponential, and plainly right. */
const naive = (pattern: Pattern, value: readonly string[]): boolean => {
  const [step, ...steps] = pattern;
  const [character, ...characters] = value;
  if (step === undefined) return value.length === 0;
  if (step === '*') return naive(steps, value) || (character !== undefined && naive(pattern, characters));
  if (character === undefined) return false;
  return (step === '?' || step.literal === character) && naive(steps, characters);
};

describe('matchesPattern', () => {
  it.each([
    ['*', '', true],
    ['?', '', false],
    ['documents/*', 'documents/', true],
    ['documents/*', 'documents/a/b', true],
    ['documents/*', 'document', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a?c', 'a😀c', true],
    ['*.pdf', 'a.pdf.pdf', true],
    ['*a*b', 'xaxbx', false],
    ['ABC', 'abc', false],
  ])('%s against %j is %s', (pattern, value, expected) => {
    expect(matchesPattern(patternOf(pattern), value)).toBe(expected);
  });

  it('equals the naive definition', () => {
    const text = (alphabet: readonly string[]) =>
      fc.array(fc.constantFrom(...alphabet), { maxLength: 10 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(text(['a', 'b', '*', '?', '😀']), text(['a', 'b', '*', '😀']), (pattern, value) => {
        expect(matchesPattern(patternOf(pattern), value)).toBe(naive(patternOf(pattern), [...value]));
      }),
      { numRuns: 5000 },
    );
  });

  it('does not blow up on a hostile pattern', () => {
    expect(matchesPattern(patternOf(`${'*a'.repeat(200)}*b`), 'a'.repeat(5000))).toBe(false);
  });
});
