import { describe, expect, it } from 'vitest';
import { groupOfKey } from '../../../local/iam/condition-keys.ts';
import { keyGroups } from '../../../local/iam/known-keys.ts';
import { compilePolicy } from '../../../local/iam/policy.ts';
import { PolicyError } from '../../../local/iam/policy-error.ts';
import { allow, document } from './fixtures.ts';

const rows = keyGroups.flatMap(({ class: keyClass, why, keys }) =>
  keys.split(' ').map((key) => [key, keyClass, why] as const),
);

/** A policy that asks for a key, in a condition. `Null` and an any-action statement fit keys of every kind. */
const asking = (key: string) => () =>
  compilePolicy(document(allow({ Action: '*', Condition: { Null: { [key]: 'true' } } })), 'reader/p');

const memberOf = (key: string): string => (/[/:]$/.test(key) ? `${key}member` : key);

describe('the condition keys', () => {
  it.each(rows)('%s is %s', (key, keyClass, why) => {
    const name = memberOf(key);
    expect(groupOfKey(name.toUpperCase())).toMatchObject({ class: keyClass, why });
    if (keyClass === 'refused') {
      expect(asking(name)).toThrow(PolicyError);
      expect(asking(name)).toThrow(`condition key "${name}" is not evaluated here: ${why}`);
    } else {
      expect(asking(name)).not.toThrow();
    }
  });

  it('stand in one group each, with a reason', () => {
    const keys = rows.map(([key]) => key.toLowerCase());
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect(keyGroups.filter(({ why }) => why.length < 10)).toEqual([]);
  });

  it.each(['aws:Nonsense', 's3:prefixes', 's3:ExistingObjectTag', 'aws:PrincipalTag/', 'prefix', ''])(
    'stop the start where they are unknown: %j',
    (key) => expect(asking(key)).toThrow(`unknown condition key "${key}"`),
  );

  it('stop the start as policy variables too, where requests do not tell them', () => {
    const variable = (key: string) => () =>
      compilePolicy(document(allow({ Resource: `arn:aws:s3:::b/\${${key}}` })), 'reader/p');
    expect(variable('aws:ResourceTag/team')).toThrow(/policy variable "\$\{aws:ResourceTag\/team\}" is not evaluated/);
    expect(variable('aws:PrincipalTag/team')).not.toThrow();
  });
});
