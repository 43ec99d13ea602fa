import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TransitionName, transitions } from '../../../lambdas/domain/lifecycle.ts';
import { noUsage } from '../../../lambdas/domain/quota.ts';
import { type Act, limits, QuotaWorld, type Step, type Trouble, tenantId } from './support/quota-world.ts';

const names = Object.keys(transitions) as TransitionName[];

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('declare' as const),
      ownerId: fc.constantFrom('u1', 'u2'),
      sizeBytes: fc.constantFrom(1, 1, 8),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      document: fc.nat(8),
      name: fc.constantFrom(...names),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'recount' as const }) },
);

const trouble: fc.Arbitrary<Trouble> = fc.record({
  call: fc.nat(6),
  what: fc.oneof(
    fc.constantFrom('dies-before' as const, 'dies-after' as const),
    fc.constant({ kind: 'recount' as const }),
    act,
  ),
});

const step: fc.Arbitrary<Step> = fc.record({
  act,
  trouble: fc.option(trouble, { nil: undefined }),
  minutes: fc.constantFrom(0, 1, 90, 1500),
});

const counters = [{ tenantId, ownerId: 'u1' }, { tenantId, ownerId: 'u2' }, { tenantId }];

describe('quotas, whatever happens and whoever dies', () => {
  it('never count too little, never let in more than the limit, and are exact when they were recounted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const world = new QuotaWorld();
        for (const next of steps) {
          await world.take(next);
          for (const ref of counters) {
            const truth = world.truth(ref);
            const limit = ref.ownerId === undefined ? limits.tenant : limits.user;
            const counted = (await world.quotas.find(ref)) ?? noUsage;
            expect(counted.documents).toBeGreaterThanOrEqual(truth.documents);
            expect(counted.sizeBytes).toBeGreaterThanOrEqual(truth.sizeBytes);
            expect(truth.documents).toBeLessThanOrEqual(limit.documentsMax);
            expect(truth.sizeBytes).toBeLessThanOrEqual(limit.sizeBytesMax);
          }
        }
        await world.settle();
        for (const ref of counters) {
          const counter = (await world.quotas.find(ref)) ?? noUsage;
          expect(counter).toMatchObject(world.truth(ref));
          expect(counter).not.toHaveProperty('dueAt');
        }
      }),
      { numRuns: 400 },
    );
  });
});
