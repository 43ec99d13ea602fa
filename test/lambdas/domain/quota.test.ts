import { describe, expect, it } from 'vitest';
import { documentStates } from '../../../contract/states.ts';
import { type Transition, type TransitionName, transitions } from '../../../lambdas/domain/lifecycle.ts';
import { holdsQuota, releasesQuota } from '../../../lambdas/domain/quota.ts';

const deletedFroms = ['available', 'rejected'] as const;
const isDeleted = (state: string) => state === 'deleted' || state === 'purging' || state === 'purged';

/** Every transition from every state that a record can be in. */
const cases = (Object.entries(transitions) as [TransitionName, Transition][]).flatMap(([name, { from, to }]) =>
  from.flatMap((state) =>
    (isDeleted(state) ? deletedFroms : [undefined])
      .filter((deletedFrom) => name !== 'condemnDeleted' || deletedFrom === 'available')
      .filter((deletedFrom) => name !== 'restore' || deletedFrom === 'available')
      .map((deletedFrom) => {
        const written = name === 'delete' || name === 'lapse' ? (state as 'available' | 'rejected') : undefined;
        const facts = { deletedFrom: name === 'condemnDeleted' ? ('rejected' as const) : written };
        return { name, before: { state, deletedFrom }, facts, to };
      }),
  ),
);

describe('the quota', () => {
  it('is held while the bytes may come, are there, or can come back', () => {
    const held = documentStates.flatMap((state) =>
      deletedFroms.filter((deletedFrom) => holdsQuota({ state, deletedFrom })).map((from) => `${state} from ${from}`),
    );
    expect(held.filter((text) => text.endsWith('available'))).toEqual(
      ['pending', 'scanning', 'available', 'deleted', 'purging'].map((state) => `${state} from available`),
    );
    expect(held.filter((text) => /^(deleted|purging|purged|rejected|expired) from rejected/.test(text))).toEqual([]);
  });

  it('is released by these changes and no others', () => {
    const releasing = cases.filter(({ name, before, facts }) => releasesQuota(name, before, facts));
    expect(releasing.map(({ name, before }) => `${name} from ${before.state}`)).toEqual([
      'refuse from pending',
      'expire from pending',
      'condemn from scanning',
      'condemn from available',
      'condemnDeleted from deleted',
      'finishPurge from purging',
    ]);
  });

  it('is never taken by a change: only a declaration takes it', () => {
    for (const { name, before, facts, to } of cases) {
      const after = { state: to, deletedFrom: facts.deletedFrom ?? before.deletedFrom };
      if (holdsQuota(after)) expect(holdsQuota(before), name).toBe(true);
    }
  });

  it('is released by no change that a person makes: their functions need not know of it', () => {
    const byUsers = cases.filter(({ name }) => (transitions[name] as Transition).causes.includes('user'));
    expect(byUsers.filter(({ name, before, facts }) => releasesQuota(name, before, facts))).toEqual([]);
  });
});
