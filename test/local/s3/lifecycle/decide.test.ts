import { describe, expect, it } from 'vitest';
import { decide } from '../../../../local/s3/lifecycle/decide.ts';
import type { LifecycleRule } from '../../../../local/s3/lifecycle/rule.ts';
import type { VersionFacts } from '../../../../local/s3/lifecycle/version-facts.ts';

const rule = (actions: Partial<LifecycleRule>): LifecycleRule => ({
  id: 'rule',
  status: 'Enabled',
  filter: {},
  ...actions,
});

const content = { sizeBytes: 1_000_000, tags: {}, storageClass: 'STANDARD' };

const object: VersionFacts = {
  key: 'logs/a',
  lastModified: new Date('2014-01-15T10:30:00Z'),
  content,
  noncurrent: undefined,
  hidesOthers: false,
  isVersioned: false,
};

const at = (time: string): Date => new Date(time);
const remove = { kind: 'remove' };
const hide = { kind: 'add-delete-marker' };
const late = at('2030-01-01T00:00:00Z');

describe('days', () => {
  it('are counted from the creation and rounded up to the next midnight UTC', () => {
    const expire = rule({ expiration: { days: 3 } });
    expect(decide([expire], object, at('2014-01-18T23:59:59.999Z'))).toBeUndefined();
    expect(decide([expire], object, at('2014-01-19T00:00:00Z'))).toEqual(remove);
  });

  it('of a noncurrent version are counted from its successor', () => {
    const noncurrent = { since: at('2014-01-15T10:30:00Z'), newerVersions: 0 };
    const old = { ...object, isVersioned: true, lastModified: at('2014-01-01T10:30:00Z'), noncurrent };
    const expire = rule({ noncurrentVersionExpiration: { noncurrentDays: 3 } });
    expect(decide([expire], old, at('2014-01-18T23:59:59.999Z'))).toBeUndefined();
    expect(decide([expire], old, at('2014-01-19T00:00:00Z'))).toEqual(remove);
  });

  it('may be a date instead, from which on everything goes', () => {
    const expire = rule({ expiration: { date: at('2014-02-01T00:00:00Z') } });
    expect(decide([expire], object, at('2014-01-31T23:59:59.999Z'))).toBeUndefined();
    expect(decide([expire], object, at('2014-02-01T00:00:00Z'))).toEqual(remove);
  });
});

describe('a filter', () => {
  const kept = (filter: LifecycleRule['filter'], about: Partial<VersionFacts> = {}) =>
    decide([rule({ filter, expiration: { days: 1 } })], { ...object, ...about }, late) === undefined;

  it('asks for the prefix', () => {
    expect([kept({ prefix: 'logs/' }), kept({ prefix: 'tax/' })]).toEqual([false, true]);
  });

  it('asks for all tags, keys and values', () => {
    const tagged = { content: { ...content, tags: { a: '1', b: '2' } } };
    expect(kept({ tags: { a: '1', b: '2' } }, tagged)).toBe(false);
    expect(kept({ tags: { a: '1', b: '3' } }, tagged)).toBe(true);
    expect(kept({ tags: { a: '1', c: '2' } }, tagged)).toBe(true);
  });

  it('asks for sizes between two, neither included', () => {
    const filter = { objectSizeGreaterThan: 10, objectSizeLessThan: 20 };
    const ofSize = (sizeBytes: number) => kept(filter, { content: { ...content, sizeBytes } });
    expect([10, 11, 19, 20].map(ofSize)).toEqual([true, false, false, true]);
  });
});

describe('noncurrent versions', () => {
  it('are kept as many as the rule says, the newest', () => {
    const expire = rule({ noncurrentVersionExpiration: { noncurrentDays: 1, newerNoncurrentVersions: 2 } });
    const nth = (newerVersions: number) =>
      decide(
        [expire],
        { ...object, isVersioned: true, noncurrent: { since: object.lastModified, newerVersions } },
        late,
      );
    expect([0, 1, 2, 3].map(nth)).toEqual([undefined, undefined, remove, remove]);
  });

  it('are no business of a rule for current ones', () => {
    const old = { ...object, isVersioned: true, noncurrent: { since: object.lastModified, newerVersions: 0 } };
    expect(decide([rule({ expiration: { days: 1 } })], old, late)).toBeUndefined();
  });
});

describe('a delete marker', () => {
  const marker = { ...object, isVersioned: true, content: undefined };
  const cleanUp = rule({ expiration: { expiredObjectDeleteMarker: true } });

  it('goes when it hides nothing any more, at once or after the days of an expiration', () => {
    expect(decide([cleanUp], { ...marker, hidesOthers: true }, late)).toBeUndefined();
    expect(decide([cleanUp], marker, object.lastModified)).toEqual(remove);
    const expire = rule({ expiration: { days: 3 } });
    expect(decide([expire], marker, at('2014-01-18T12:00:00Z'))).toBeUndefined();
    expect(decide([expire], marker, at('2014-01-19T00:00:00Z'))).toEqual(remove);
  });

  it('stays where the rule says so', () => {
    expect(decide([rule({ expiration: { expiredObjectDeleteMarker: false } })], marker, late)).toBeUndefined();
  });
});

describe('two actions that are due', () => {
  const archive = rule({ transitions: [{ days: 1, storageClass: 'GLACIER' }] });
  const expire = rule({ expiration: { days: 1 } });

  it('end in permanent deletion before transition, and in transition before a delete marker', () => {
    expect(decide([archive, expire], object, late)).toEqual(remove);
    const versioned = { ...object, isVersioned: true };
    expect(decide([expire, archive], versioned, late)).toEqual({ kind: 'transition', storageClass: 'GLACIER' });
    const archived = { ...versioned, content: { ...content, storageClass: 'GLACIER' } };
    expect(decide([expire, archive], archived, late)).toEqual(hide);
  });

  it('that are transitions end in the cheaper class', () => {
    const cool = rule({ transitions: [{ days: 30, storageClass: 'STANDARD_IA' }] });
    expect(decide([archive, cool], object, late)).toEqual({ kind: 'transition', storageClass: 'GLACIER' });
  });
});

describe('a transition', () => {
  const archive = rule({ transitions: [{ days: 0, storageClass: 'GLACIER_IR' }] });
  const movesFrom = (about: Partial<typeof content>, how = archive) =>
    decide([how], { ...object, content: { ...content, ...about } }, late)?.kind === 'transition';

  it('leaves objects under 128 KB, unless the rule has a size of its own', () => {
    expect([131_071, 131_072].map((sizeBytes) => movesFrom({ sizeBytes }))).toEqual([false, true]);
    expect(movesFrom({ sizeBytes: 10 }, { ...archive, filter: { objectSizeGreaterThan: 1 } })).toBe(true);
  });

  it('goes down the waterfall only', () => {
    const classes = ['STANDARD', 'STANDARD_IA', 'INTELLIGENT_TIERING', 'ONEZONE_IA', 'GLACIER_IR', 'GLACIER'];
    expect(classes.map((storageClass) => movesFrom({ storageClass }))).toEqual([true, true, true, false, false, false]);
  });
});
