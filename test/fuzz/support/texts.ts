import type { Draw } from './random.ts';

/** Of every class of characters that programs trip over. None of it may be taken for what `leaks` looks for. */
const pieces: readonly string[] = [
  ...['a', 'Z', '0', ' ', '\t', '\n', '\r\n', '\u0000', '\u001b[31m', '\u007f', '\u0085'],
  ...[
    '"',
    "'",
    '\\',
    '/',
    '..',
    '../',
    '%2e',
    '%00',
    '%',
    '&',
    '=',
    '?',
    '#',
    '<b>',
    '$',
    '{x}',
    '{{x}}',
    ';',
    '|',
    '*',
  ],
  ...[
    'é',
    'e\u0301',
    'ß',
    'İ',
    'ﬁ',
    '中',
    '한',
    'ש',
    'ع',
    'ा',
    '\u0e33',
    '😀',
    '👩‍👩‍👧',
    '🇨🇭',
    '\u{10ffff}',
    '\u{e0001}',
  ],
  ...['\ud800', '\udc00', '\udc00\ud800', '\ufeff', '\ufffe', '\uffff', '\u200b', '\u200d', '\u2028', '\u2029'],
  ...[
    '\u202e',
    '\u2066',
    '\u061c',
    '\u00ad',
    '\u0600',
    '\ue000',
    'Z̸͎̈́',
    'true',
    'null',
    'NaN',
    '-0',
    '1e999',
    '[]',
    '{}',
  ],
];

export const oddText = (draw: Draw, lengthMax = 12): string =>
  Array.from({ length: draw.below(lengthMax + 1) }, () => draw.pick(pieces)).join('');

/** Exactly so many UTF-16 code units, of one of some characters that take one, two or three bytes. */
export const textOf = (draw: Draw, length: number): string => draw.pick(['x', 'é', '中', '\ud83d']).repeat(length);

/** Names that mean something to JavaScript. */
export const prototypeNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'length'];
