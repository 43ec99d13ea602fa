import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../../../../local/s3/lifecycle/decide.ts';
import { canTransition } from '../../../../local/s3/lifecycle/waterfall.ts';
import { moment, ruleOf, version } from './arbitraries.ts';

const rules = fc.array(ruleOf('Enabled'), { maxLength: 4 });
const dayMs = 24 * 60 * 60 * 1000;
const rankOf = (action: ReturnType<typeof decide>): number =>
  ['remove', 'transition', 'add-delete-marker', undefined].indexOf(action?.kind);

const holds = (name: string, property: fc.IRawProperty<unknown>) =>
  it(name, () => void fc.assert(property, { numRuns: 1000 }));

holds(
  'an action that is due stays due, or gives way to a stronger one, as time goes by',
  fc.property(rules, version, moment, fc.nat(5), (some, facts, now, laterDays) => {
    const later = new Date(now.getTime() + laterDays * dayMs);
    expect(rankOf(decide(some, facts, later))).toBeLessThanOrEqual(rankOf(decide(some, facts, now)));
  }),
);

holds(
  'more rules never do less, and their order is all the same',
  fc.property(rules, rules, version, moment, (some, more, facts, now) => {
    const both = decide([...some, ...more], facts, now);
    expect(decide([...more, ...some], facts, now)).toEqual(both);
    expect(rankOf(both)).toBe(Math.min(rankOf(decide(some, facts, now)), rankOf(decide(more, facts, now))));
  }),
);

holds(
  'rules that are disabled do nothing',
  fc.property(rules, fc.array(ruleOf('Disabled')), version, moment, (some, disabled, facts, now) => {
    expect(decide([...disabled, ...some], facts, now)).toEqual(decide(some, facts, now));
  }),
);

holds(
  'nothing happens between two midnights',
  fc.property(rules, version, moment, fc.nat(dayMs - 1), (some, facts, now, offsetMs) => {
    const midnight = Math.floor(now.getTime() / dayMs) * dayMs;
    fc.pre(facts.lastModified.getTime() <= midnight && (facts.noncurrent?.since.getTime() ?? 0) <= midnight);
    const actionAt = (milliseconds: number) => decide(some, facts, new Date(milliseconds));
    expect(actionAt(midnight + offsetMs)).toEqual(actionAt(midnight));
  }),
);

holds(
  'objects go down the waterfall only, and come to an end there',
  fc.property(rules, version, moment, (some, facts, now) => {
    let { content } = facts;
    for (let steps = 0; content !== undefined; steps++) {
      const action = decide(some, { ...facts, content }, now);
      if (action?.kind !== 'transition') break;
      expect(canTransition(content.storageClass, action.storageClass)).toBe(true);
      expect(steps).toBeLessThan(6);
      content = { ...content, storageClass: action.storageClass };
    }
  }),
);

holds(
  'a current version is never lost in a bucket with versions, and only current ones are hidden',
  fc.property(rules, version, moment, (some, facts, now) => {
    const action = decide(some, facts, now);
    const isCurrentObject = facts.content !== undefined && facts.noncurrent === undefined;
    if (action?.kind === 'remove' && isCurrentObject) expect(facts.isVersioned).toBe(false);
    if (action?.kind === 'add-delete-marker') expect(isCurrentObject && facts.isVersioned).toBe(true);
    if (action?.kind === 'remove' && facts.content === undefined && facts.noncurrent === undefined) {
      expect(facts.hidesOthers).toBe(false);
    }
  }),
);
