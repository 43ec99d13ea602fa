import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Profile } from '../../contract/profile.ts';
import { defaultProfile } from '../../profiles/default.ts';

const retained = (change: object) =>
  z.safeParse(Profile, { ...defaultProfile, retention: { ...defaultProfile.retention, ...change } });
const classOf = (days: number, ...transitions: (readonly [string, number])[]) => ({
  days,
  transitions: transitions.map(([storageClass, after]) => ({ storageClass, days: after })),
});

describe('a profile', () => {
  it.each<[string, object]>([
    ['no classes', { classes: undefined, defaultClass: undefined }],
    ['an empty list of them', { classes: {} }],
    ['one of a day', { classes: { a: classOf(1) } }],
    ['one of a hundred years by default', { classes: { a: classOf(36_500) }, defaultClass: 'a' }],
    [
      'one that moves down step by step',
      { classes: { a: classOf(91, ['STANDARD_IA', 30], ['INTELLIGENT_TIERING', 60], ['GLACIER_IR', 61]) } },
    ],
    [
      'as many as there may be',
      { classes: Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`c${index}`, { days: 1 }])) },
    ],
  ])('may have as retention %s', (_what, change) => {
    expect(retained(change).error).toBeUndefined();
  });

  it.each<[string, object, string, RegExp]>([
    ['no day', { classes: { a: classOf(0) } }, 'retention.classes.a.days', /1 to 36500/],
    ['more than a hundred years', { classes: { a: classOf(36_501) } }, 'retention.classes.a.days', /1 to 36500/],
    ['half a day', { classes: { a: classOf(1.5) } }, 'retention.classes.a.days', /whole days/],
    ['a name with capitals', { classes: { A: classOf(1) } }, 'retention.classes.A', /./],
    [
      'too many',
      { classes: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`c${index}`, { days: 1 }])) },
      'retention.classes',
      /at most 16/,
    ],
    ['an unknown default', { classes: { a: classOf(1) }, defaultClass: 'b' }, 'retention.defaultClass', /one of/],
    [
      'a default of no classes',
      { classes: undefined, defaultClass: 'constructor' },
      'retention.defaultClass',
      /one of/,
    ],
    ...['GLACIER', 'DEEP_ARCHIVE', 'ONEZONE_IA', 'STANDARD'].map((name): [string, object, string, RegExp] => [
      name,
      { classes: { a: classOf(400, [name, 100]) } },
      'retention.classes.a.transitions.0.storageClass',
      /answered at once/,
    ]),
    [
      'STANDARD_IA before 30 days',
      { classes: { a: classOf(400, ['STANDARD_IA', 29]) } },
      'retention.classes.a.transitions.0.days',
      /30 days/,
    ],
    [
      'a move on the day of the upload',
      { classes: { a: classOf(400, ['GLACIER_IR', 0]) } },
      'retention.classes.a.transitions.0.days',
      /nothing earlier/,
    ],
    [
      'a way back',
      { classes: { a: classOf(400, ['GLACIER_IR', 1], ['INTELLIGENT_TIERING', 2]) } },
      'retention.classes.a.transitions',
      /in the order/,
    ],
    [
      'one class twice',
      { classes: { a: classOf(400, ['GLACIER_IR', 1], ['GLACIER_IR', 2]) } },
      'retention.classes.a.transitions',
      /once/,
    ],
    [
      'two moves in one night',
      { classes: { a: classOf(400, ['INTELLIGENT_TIERING', 5], ['GLACIER_IR', 5]) } },
      'retention.classes.a.transitions',
      /later day/,
    ],
    [
      'STANDARD_IA for 29 days',
      { classes: { a: classOf(400, ['STANDARD_IA', 30], ['GLACIER_IR', 59]) } },
      'retention.classes.a.transitions',
      /30 days in STANDARD_IA/,
    ],
    [
      'a move when all is over',
      { classes: { a: classOf(30, ['STANDARD_IA', 30]) } },
      'retention.classes.a.transitions',
      /before the days/,
    ],
  ])('may not have as retention %s, and says so', (_what, change, path, message) => {
    const issues = retained(change).error?.issues ?? [];
    expect(issues.map((issue) => issue.path.join('.'))).toContain(path);
    expect(issues.find((issue) => issue.path.join('.') === path)?.message).toMatch(message);
  });
});
