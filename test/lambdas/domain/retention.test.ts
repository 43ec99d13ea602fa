import { describe, expect, it } from 'vitest';
import { retentionOf } from '../../../lambdas/domain/retention.ts';
import { defaultProfile } from '../../../profiles/default.ts';

const at = new Date('2026-11-27T10:00:00.000Z');
const profile = {
  ...defaultProfile,
  retention: { ...defaultProfile.retention, classes: { short: { days: 1 }, long: { days: 2 } }, defaultClass: 'short' },
};

describe('what is kept', () => {
  it('by storage settings ends after their days, without a class', () => {
    expect(retentionOf({}, profile, at, { retentionDays: 90 })).toEqual({ retainUntil: '2027-02-25T10:00:00.000Z' });
  });

  it('by its own class, whatever the storage settings say', () => {
    expect(retentionOf({ retentionClass: 'long' }, profile, at, { retentionDays: 90 })).toEqual({
      retentionClass: 'long',
      retainUntil: '2026-11-29T10:00:00.000Z',
    });
  });

  it('by the default class where the storage settings say nothing', () => {
    for (const settings of [{}, undefined])
      expect(retentionOf({}, profile, at, settings)).toMatchObject({ retentionClass: 'short' });
  });
});
