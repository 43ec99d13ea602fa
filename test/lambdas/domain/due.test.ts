import { describe, expect, it } from 'vitest';
import { dueAtOf, nextDueAt } from '../../../lambdas/domain/due.ts';
import { aRecord } from '../../support/arbitraries.ts';

const at = '2026-11-21T10:02:00.000Z';
const sweepAfter = '2026-11-21T11:05:00.000Z';
const accepted = {
  revision: 2,
  at,
  by: 'x',
  from: 'pending',
  to: 'available',
  cause: 'object-created',
  requestId: 'r',
} as const;
const arrived = aRecord({ state: 'available', versionId: 'v1', sweepAfter, lastChange: accepted });
const byForm = { ...arrived, byForm: true } as const;

describe('what came by a form', () => {
  it('is looked at once more when no form can be used any more, and never again', () => {
    expect(dueAtOf(byForm)).toBe(sweepAfter);
    expect(nextDueAt(byForm, '2026-11-21T10:30:00.000Z')).toBe(sweepAfter);
    expect(nextDueAt(byForm, sweepAfter)).toBeUndefined();
  });

  it('is looked at before where its retention ends before', () => {
    const retainUntil = '2026-11-21T10:40:00.000Z';
    expect(dueAtOf({ ...byForm, retainUntil })).toBe(retainUntil);
    expect(dueAtOf({ ...byForm, retainUntil: '2026-12-21T10:00:00.000Z' })).toBe(sweepAfter);
  });

  it('is the exception: what came by a PUT, which writes once, is left in peace', () => {
    expect(dueAtOf(arrived)).toBeUndefined();
  });
});
