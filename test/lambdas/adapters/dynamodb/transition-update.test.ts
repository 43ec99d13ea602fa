import { describe, expect, it } from 'vitest';
import { conditionOf, transitionUpdate } from '../../../../lambdas/adapters/dynamodb/transition-update.ts';
import { changeOf } from '../../../../lambdas/domain/change.ts';
import { type Transition, type TransitionName, transitions } from '../../../../lambdas/domain/lifecycle.ts';
import { aRecord } from '../../../support/arbitraries.ts';

const names = Object.keys(transitions) as TransitionName[];
const factsOf = (name: TransitionName) => {
  const [cause = 'user'] = (transitions[name] as Transition).causes;
  const at = new Date('2026-11-21T12:00:00Z');
  return { change: changeOf(name, aRecord(), { at, by: 'b', cause, requestId: 'r' }), versionId: 'v1' };
};

describe('a transition compiled for DynamoDB', () => {
  it('that declares demands that there is nothing', () => {
    expect(conditionOf(transitions.declare)).toBe('attribute_not_exists(pk)');
  });

  it('that accepts demands pending, the known revision and no pinned version, and pins', () => {
    expect(transitionUpdate('accept', aRecord(), factsOf('accept'))).toEqual({
      ConditionExpression:
        '#state IN (:from0) AND lastChange.revision = :revisionBefore AND attribute_not_exists(versionId)',
      UpdateExpression: 'SET #state = :to, lastChange = :lastChange, versionId = :versionId REMOVE dueAt',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':to': 'available',
        ':revisionBefore': 1,
        ':from0': 'pending',
        ':lastChange': factsOf('accept').change,
        ':versionId': 'v1',
      },
    });
  });

  it.each(names)('%s gives a value to every placeholder it uses and to no other', (name) => {
    const { ConditionExpression, UpdateExpression, ExpressionAttributeValues } = transitionUpdate(
      name,
      aRecord(),
      factsOf(name),
    );
    const condition = name === 'declare' ? '' : ConditionExpression;
    const used = new Set(`${condition} ${UpdateExpression}`.match(/:\w+/g));
    const given = Object.keys(ExpressionAttributeValues).filter(
      (key) => name !== 'declare' || key !== ':revisionBefore',
    );
    expect(new Set(given)).toEqual(used);
  });

  it.each(names.filter((name) => (transitions[name] as Transition).requires.includes('same-version')))(
    '%s never writes the version and cannot be compiled without one',
    (name) => {
      const { versionId: _version, ...without } = factsOf(name);
      expect(transitionUpdate(name, aRecord(), factsOf(name)).UpdateExpression).not.toContain('versionId =');
      expect(() => transitionUpdate(name, aRecord(), without)).toThrow(/needs the version/);
    },
  );
});
