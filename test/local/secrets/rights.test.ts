import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { compilePolicy, type Policy } from '../../../local/iam/policy.ts';
import { findPerson } from '../../../local/identity/people.ts';
import type { Rights } from '../../../local/roles/rights.ts';
import { apiOf } from '../../support/api.ts';
import { shiftedClock } from '../../support/clock.ts';
import { startTestCloud } from '../../support/cloud.ts';
import { type Right, rightsOf, rightsWithout } from '../roles/support/rights.ts';
import { countRotations } from './support/kept.ts';

/**
 * Apart from the journey from end to end: a function that is warm needs its key only every five minutes, and a key is
 * rotated every 90 days.
 */
const quarterMs = 90 * 86_400_000;
const clock = shiftedClock();

let without: Right | undefined;
let secretPolicy: Policy | undefined;
const cloud = await startTestCloud({
  clock,
  rights: (planned: Rights) => {
    const left = without === undefined ? planned : rightsWithout(planned, cloud.template, without);
    if (secretPolicy === undefined) return left;
    return { ...left, resourcePolicies: new Map([...left.resourcePolicies, [secretArn(), [secretPolicy]]]) };
  },
});
const secretArn = () => cloud.template.all('AWS::SecretsManager::Secret')[0]?.ref ?? '';
const api = await apiOf(cloud, 'patient-north');
const rights = rightsOf(cloud.template).filter(({ action }) => action.startsWith('secretsmanager:'));
const patient = findPerson('patient-north')?.subjectId;

/** Who seals and opens cursors, and the list that each answers. */
const lists: readonly (readonly [functionName: string, path: string])[] = [
  ['list-documents', '/v1/documents'],
  ['list-own-documents', '/v1/me/documents'],
  ['list-subject-documents', `/v1/subjects/patient/${patient}/documents`],
];
const rightsOfFunction = (name: string) =>
  rights.filter(({ roleName }) => roleName.endsWith(`-${name}`)).map((right) => [right.action, right] as const);

const faults = (): readonly string[] => {
  const file = join(cloud.dataDirectory, 'logs', 'local-cloud.log');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
};

const denialOf = ({ roleName, action, resources }: Right): RegExp =>
  new RegExp(
    `:assumed-role/${roleName}/.* is not authorized to perform: ${action} on resource: ${resources[0]} because`,
  );

/** The right shape, and of a key that nobody has: the function has to look for it. */
const forged = Buffer.from([1, ...Array(56).fill(7)]).toString('base64url');

// A schedule begins with a rotation.
beforeAll(() => vi.waitUntil(() => countRotations(cloud) === 1, { timeout: 10_000 }));
afterAll(() => cloud.close());

describe('a right to the secret that is missing', () => {
  const rightsOfLists = lists.flatMap(([name, path]) =>
    rightsOfFunction(name).map(([action, right]) => [name, action, path, right] as const),
  );

  it.each(rightsOfLists)('is missed by name where %s may not %s', async (_name, _action, path, right) => {
    without = right;
    const refused = await api.call(`${path}?cursor=${forged}`);
    without = undefined;

    expect(refused.status).toBe(500);
    expect(faults().at(-1)).toMatch(denialOf(right));
    expect((await api.call(path)).status).toBe(200);
  });

  it('is missed too where the policy of the secret takes it away', async () => {
    const denial = {
      Sid: 'DenyReaders',
      Effect: 'Deny',
      Principal: '*',
      Action: 'secretsmanager:GetSecretValue',
      Resource: '*',
    };
    secretPolicy = compilePolicy({ Version: '2012-10-17', Statement: [denial] }, 'secret');
    // A function looks for an unknown key once a second at most.
    const refused = await vi.waitUntil(
      async () => {
        const answer = await api.call(`/v1/documents?cursor=${forged}`);
        return answer.status === 500 && answer;
      },
      { timeout: 5000, interval: 100 },
    );
    secretPolicy = undefined;

    expect(refused.text).toContain('internal-error');
    expect(faults().at(-1)).toMatch(
      /GetSecretValue on resource: .* with an explicit deny in a policy \(statement DenyReaders\)/,
    );
  });

  it.each(rightsOfFunction('rotate-cursor-key'))(
    'is missed by name where rotate-cursor-key may not %s, and the rotation is done once it is there',
    async (_, right) => {
      const before = faults().length;
      const since = () => faults().slice(before);
      const rotations = countRotations(cloud);
      without = right;
      clock.advance(quarterMs);
      cloud.wake();
      await vi.waitUntil(() => since().some((line) => line.includes('could not be rotated')), { timeout: 10_000 });
      without = undefined;

      expect(since().find((line) => line.includes('A call was refused'))).toMatch(denialOf(right));
      expect(since().find((line) => line.includes('could not be rotated'))).toMatch(denialOf(right));
      await vi.waitUntil(() => countRotations(cloud) === rotations + 1, { timeout: 10_000 });
    },
  );

  it('of any function is in the tests above', () => {
    const functionNames = [...lists.map(([name]) => name), 'rotate-cursor-key'];
    expect(rights).toHaveLength(functionNames.flatMap(rightsOfFunction).length);
    expect(rights.length).toBe(7);
  });
});
