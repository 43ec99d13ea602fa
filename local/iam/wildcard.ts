/** One step of a pattern: any run of characters, any one character, or exactly this character (a code point). */
export type PatternStep = '*' | '?' | { readonly literal: string };

export type Pattern = readonly PatternStep[];

export const literalPattern = (text: string): Pattern => [...text].map((literal) => ({ literal }));

/** Reads the characters of `wildcards` as such, all others as themselves. */
export const patternOf = (text: string, wildcards: '*' | '*?'): Pattern =>
  [...text].map((character) =>
    (character === '*' || character === '?') && wildcards.includes(character) ? character : { literal: character },
  );

/**
 * Whether a whole value fits a pattern. Takes at most pattern × value steps, whatever the pattern: on a mismatch it is
 * enough to let the last `*` take one character more, so there is nothing for a hostile value to blow up.
 */
export const matchesPattern = (pattern: Pattern, value: string): boolean => {
  const characters = [...value];
  let step = 0;
  let position = 0;
  let lastStar: { readonly step: number; readonly position: number } | undefined;
  while (position < characters.length) {
    const wanted = pattern[step];
    if (wanted === '*') {
      lastStar = { step, position };
      step += 1;
    } else if (wanted === '?' || wanted?.literal === characters[position]) {
      step += 1;
      position += 1;
    } else if (lastStar !== undefined) {
      lastStar = { step: lastStar.step, position: lastStar.position + 1 };
      step = lastStar.step + 1;
      position = lastStar.position;
    } else {
      return false;
    }
  }
  return pattern.slice(step).every((rest) => rest === '*');
};
