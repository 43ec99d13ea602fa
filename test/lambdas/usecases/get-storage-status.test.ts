import { describe, expect, it } from 'vitest';
import { roles } from '../../../contract/roles.ts';
import { type StorageFault, storageFaultDetails } from '../../../contract/storage-faults.ts';
import { getStorageStatus } from '../../../lambdas/usecases/get-storage-status.ts';
import { owner } from '../../support/callers.ts';

const staff = { caller: { ...owner, roles: ['staff'] as const } };

const build = (answers: readonly (StorageFault | Error | undefined)[]) => {
  let now = Date.parse('2026-11-21T10:00:00.000Z');
  let asked = 0;
  const check = async () => {
    const answer = answers[asked++];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const ask = getStorageStatus({
    clock: { now: () => new Date(now) },
    probe: { check },
    bucket: 'bucket',
    region: 'eu-central-1',
  });
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { ask, asked: () => asked, pass };
};

describe('the status of the storage', () => {
  it('says which bucket can be reached, and when that was seen', async () => {
    expect(await build([undefined]).ask(staff)).toEqual({
      ok: true,
      value: { bucket: 'bucket', region: 'eu-central-1', accessible: true, checkedAt: '2026-11-21T10:00:00.000Z' },
    });
  });

  it.each(Object.entries(storageFaultDetails))('says of %s what it means and what to do', async (reason, detail) => {
    expect(await build([reason as StorageFault]).ask(staff)).toMatchObject({
      ok: true,
      value: { accessible: false, diagnosis: { reason, detail } },
    });
    expect(detail).toMatch(/^[A-Z].*\. .*\.$/);
  });

  it('is asked for once by all who come within five seconds', async () => {
    const { ask, asked, pass } = build([undefined, 'unreachable']);
    await Promise.all([ask(staff), ask(staff)]);
    pass(4999);
    expect(await ask(staff)).toMatchObject({ value: { accessible: true } });
    expect(asked()).toBe(1);
    pass(1);
    expect(await ask(staff)).toMatchObject({ value: { accessible: false, checkedAt: '2026-11-21T10:00:05.000Z' } });
  });

  it('forgets a look that broke off', async () => {
    const { ask } = build([new Error('a bug'), undefined]);
    await expect(ask(staff)).rejects.toThrow('a bug');
    expect(await ask(staff)).toMatchObject({ value: { accessible: true } });
  });

  it.each(roles)('is told or not to the role %s, and S3 is not asked in vain', async (role) => {
    const { ask, asked } = build([undefined]);
    const isTold = role !== 'patient';
    expect((await ask({ caller: { ...owner, roles: [role] } })).ok).toBe(isTold);
    expect(asked()).toBe(isTold ? 1 : 0);
  });

  it('is not told to who has no role', async () => {
    const failure = { kind: 'not-permitted' };
    expect(await build([]).ask({ caller: { ...owner, roles: [] } })).toEqual({ ok: false, failure });
  });
});
