import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Settings } from '../../../contract/schemas/settings.ts';
import { shortDigest } from '../../../lambdas/adapters/system.ts';
import type { Caller } from '../../../lambdas/domain/document.ts';
import { getSettings } from '../../../lambdas/usecases/get-settings.ts';
import { defaultProfile } from '../../../profiles/default.ts';
import { clock, owner } from '../../support/callers.ts';
import { memoryQuotas } from '../../support/memory-quotas.ts';

const { tenantId, subjectId: ownerId } = owner;

const build = (change: Partial<Parameters<typeof getSettings>[0]> = {}) => {
  const quotas = memoryQuotas();
  const found: unknown[] = [];
  const counting = {
    find: async (ref: Parameters<typeof quotas.find>[0]) => {
      found.push(ref);
      return quotas.find(ref);
    },
  };
  const deps = { quotas: counting, profile: defaultProfile, isScanned: true, digest: shortDigest, ...change };
  const ask = async (caller: Caller = owner) => (await getSettings(deps)({ caller })).value;
  return { quotas, found, ask };
};

const as = (...roles: Caller['roles']): Caller => ({ ...owner, roles });

describe('the settings', () => {
  it('say what the profile accepts, as the contract shows it', async () => {
    const settings = await build().ask();
    expect(z.parse(z.strictObject(Settings.shape), settings)).toEqual(settings);
    expect(settings).toMatchObject({
      profile: 'default',
      sizeBytesMax: defaultProfile.sizeBytesMax,
      downloadExpiresInSeconds: 120,
      categories: defaultProfile.categories,
      isScanned: true,
      retention: { restorableDays: 90 },
    });
    expect(settings.mediaTypes).toContainEqual({
      name: 'image/jpeg',
      label: 'JPEG',
      extensions: ['.jpg', '.jpeg'],
    });
  });

  it('say of each role how far it reaches, and nothing of what it may not', async () => {
    expect((await build().ask(as('patient'))).caller).toMatchObject({
      roles: ['patient'],
      may: { read: 'concerned', update: 'own' },
    });
    expect((await build().ask(as('patient'))).caller.may).not.toHaveProperty('readStatus');
    expect((await build().ask(as('patient', 'admin'))).caller.may).toMatchObject({ delete: 'tenant' });
    expect((await build().ask(as())).caller).toEqual({ roles: [], may: {}, mustGiveReason: false });
  });

  it('say which retention classes there are, and which one is for those without', async () => {
    const classes = { short: { days: 30 }, long: { days: 36_500 } };
    const retention = { ...defaultProfile.retention, classes, defaultClass: 'short' };
    expect((await build({ profile: { ...defaultProfile, retention } }).ask()).retention).toEqual({
      restorableDays: 90,
      classes: [
        { name: 'short', days: 30 },
        { name: 'long', days: 36_500 },
      ],
      defaultClass: 'short',
    });
  });

  it('say whether the caller must give a reason', async () => {
    const { ask } = build({ profile: { ...defaultProfile, reasonRequiredFrom: ['staff'] } });
    expect((await ask(as('patient'))).caller.mustGiveReason).toBe(false);
    expect((await ask(as('patient', 'staff'))).caller.mustGiveReason).toBe(true);
  });

  it('count what the user holds, and what the tenant does for who may list it', async () => {
    const { ask, quotas, found } = build();
    await quotas.reserve({ tenantId, ownerId }, 500, undefined, clock.now());
    await quotas.reserve({ tenantId }, 500, undefined, clock.now());
    await quotas.reserve({ tenantId }, 700, undefined, clock.now());
    const user = { scope: 'user', documents: 1, documentsMax: 10_000, sizeBytes: 500, sizeBytesMax: 100 * 1024 ** 3 };

    expect((await ask()).quotas).toEqual([user]);
    expect(found).toEqual([{ tenantId, ownerId }]);
    expect((await ask(as('staff'))).quotas).toMatchObject([user, { scope: 'tenant', documents: 2, sizeBytes: 1200 }]);
    expect((await ask({ ...owner, subjectId: 'new' })).quotas).toMatchObject([{ documents: 0, sizeBytes: 0 }]);
  });

  it('read no counter where nothing is limited', async () => {
    for (const quota of [undefined, {}]) {
      const { ask, found } = build({ profile: { ...defaultProfile, quota } });
      expect((await ask(as('admin'))).quotas).toEqual([]);
      expect(found).toEqual([]);
    }
  });

  it('have another version for every difference, and the same one for none', async () => {
    const { ask, quotas } = build();
    const before = await ask();
    expect((await ask()).version).toBe(before.version);
    expect(before.version).toMatch(/^[A-Za-z0-9_-]{22}$/);
    await quotas.reserve({ tenantId, ownerId }, 500, undefined, clock.now());
    const versions = [
      before,
      await ask(),
      await ask(as('staff')),
      await build({ isScanned: false }).ask(),
      await build({ profile: { ...defaultProfile, sizeBytesMax: 5 } }).ask(),
    ].map(({ version }) => version);
    expect(new Set(versions).size).toBe(versions.length);
  });
});
