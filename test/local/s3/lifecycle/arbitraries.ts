import fc from 'fast-check';
import { type LifecycleRule, transitionStorageClasses } from '../../../../local/s3/lifecycle/rule.ts';
import type { VersionFacts } from '../../../../local/s3/lifecycle/version-facts.ts';

/** Times within some days, down to the millisecond and on midnight. */
export const moment = fc.oneof(
  fc.date({ min: new Date('2026-01-01'), max: new Date('2026-01-09'), noInvalidDate: true }),
  fc.integer({ min: 1, max: 8 }).map((day) => new Date(Date.UTC(2026, 0, day))),
);

const days = fc.integer({ min: 1, max: 5 });
const tags = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'), { maxKeys: 2, noNullPrototype: true });
const storageClass = fc.constantFrom(...transitionStorageClasses);

const filter = fc.record(
  {
    prefix: fc.constantFrom('', 'x/', 'y/'),
    tags,
    objectSizeGreaterThan: fc.constantFrom(0, 1000),
    objectSizeLessThan: fc.constantFrom(2000, 1_000_000),
  },
  { requiredKeys: [] },
);

const due = fc.oneof(
  fc.record({ days }),
  fc.record({ date: fc.integer({ min: 1, max: 8 }).map((day) => new Date(Date.UTC(2026, 0, day))) }),
);

export const ruleOf = (status: LifecycleRule['status']): fc.Arbitrary<LifecycleRule> =>
  fc
    .record(
      {
        filter,
        expiration: fc.oneof(due, fc.record({ expiredObjectDeleteMarker: fc.boolean() })),
        noncurrentVersionExpiration: fc.record(
          { noncurrentDays: days, newerNoncurrentVersions: fc.integer({ min: 1, max: 3 }) },
          { requiredKeys: ['noncurrentDays'] },
        ),
        transitions: fc.array(
          fc.tuple(due, storageClass).map(([when, to]) => ({ ...when, storageClass: to })),
          { maxLength: 2 },
        ),
        noncurrentVersionTransitions: fc.array(fc.record({ noncurrentDays: days, storageClass }), { maxLength: 2 }),
      },
      { requiredKeys: ['filter'] },
    )
    .map((rule): LifecycleRule => ({ id: 'rule', status, ...rule }));

export const version: fc.Arbitrary<VersionFacts> = fc.record({
  key: fc.constantFrom('x/1', 'y/1', 'z'),
  lastModified: moment,
  content: fc.option(
    fc.record({
      sizeBytes: fc.constantFrom(0, 1500, 128 * 1024, 5_000_000),
      tags,
      storageClass: fc.constantFrom('STANDARD', ...transitionStorageClasses),
    }),
    { nil: undefined, freq: 2 },
  ),
  noncurrent: fc.option(fc.record({ since: moment, newerVersions: fc.integer({ min: 0, max: 4 }) }), {
    nil: undefined,
  }),
  hidesOthers: fc.boolean(),
  isVersioned: fc.boolean(),
});
