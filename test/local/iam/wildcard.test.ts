import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern, type Pattern, patternOf } from '../../../local/iam/wildcard.ts';

const wildcards = (text: string): Pattern => patternOf(text, '*?');

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
    expect(matchesPattern(wildcards(pattern), value)).toBe(expected);
  });

  it('equals the naive definition', () => {
    const text = (alphabet: readonly string[]) =>
      fc.array(fc.constantFrom(...alphabet), { maxLength: 10 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(text(['a', 'b', '*', '?', '😀']), text(['a', 'b', '*', '😀']), (pattern, value) => {
        expect(matchesPattern(wildcards(pattern), value)).toBe(naive(wildcards(pattern), [...value]));
      }),
      { numRuns: 5000 },
    );
  });

  it('does not blow up on a hostile pattern', () => {
    expect(matchesPattern(wildcards(`${'*a'.repeat(200)}*b`), 'a'.repeat(5000))).toBe(false);
  });

  it('takes a question mark for itself where it is no wildcard', () => {
    expect(matchesPattern(patternOf('a?*', '*'), 'a?b')).toBe(true);
    expect(matchesPattern(patternOf('a?*', '*'), 'abb')).toBe(false);
  });
});
