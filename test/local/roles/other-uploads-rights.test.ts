import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Rights } from '../../../local/roles/rights.ts';
import { apiOf } from '../../support/api.ts';
import { startTestCloud } from '../../support/cloud.ts';
import { armFault, clearFaults } from './support/journey-in-parts.ts';
import { type Right, rightsOf, rightsWithout } from './support/rights.ts';
import { walkByForm } from './support/walk-by-form.ts';
import { walkByLinks } from './support/walk-by-links.ts';
import { walkByToken } from './support/walk-by-token.ts';
import type { OtherStep } from './support/ways.ts';

type Walk = (at: (step: OtherStep) => void) => Promise<void>;

const isOfS3 = (action: string): boolean => action.startsWith('s3:');

/** Where a way ends for want of a right, by the function that had it. A right without a place fails the test. */
const places: Readonly<Record<string, (action: string) => OtherStep>> = {
  'request-form': (action) => (isOfS3(action) ? 'form-send' : 'form'),
  'create-upload-token': () => 'token',
  'sign-s3-request': (action) => {
    if (action === 's3:ListMultipartUploadParts') return 's3-list';
    if (action === 's3:AbortMultipartUpload') return 's3-abort';
    return isOfS3(action) ? 's3-put-send' : 's3-put';
  },
  companion: (action) => {
    if (action === 's3:ListMultipartUploadParts') return 'uppy-list';
    if (action === 's3:AbortMultipartUpload') return 'uppy-abort';
    if (action === 's3:ListBucketVersions') return 'uppy-complete';
    return isOfS3(action) ? 'uppy-form-send' : 'uppy-form';
  },
};

/** What S3 itself tells who holds a link or a form; of all else no more is told than that it failed. */
const isTold = (functionName: string, action: string): boolean =>
  isOfS3(action) && (functionName !== 'companion' || action.startsWith('s3:PutObject'));

let change = (planned: Rights): Rights => planned;
const cloud = await startTestCloud({ control: { port: 0 }, rights: (planned) => change(planned) });
const api = await apiOf(cloud, 'patient-north');
const way = { api, loseEvents: () => armFault(cloud, { kind: 'drop-events' }) };

const byToken: Walk = (at) => walkByToken({ ...way, at });
const walks: Readonly<Record<string, Walk>> = {
  'request-form': (at) => walkByForm({ ...way, at }),
  'create-upload-token': byToken,
  'sign-s3-request': (at) => walkByLinks({ ...way, at }),
  companion: byToken,
};

const functionOf = ({ roleName }: Right): string => roleName.replace(/^sealdrop-local-/, '');

/** An action that two statements give is taken away whole. Logs are written under no role here, secrets read of no one. */
const rights = [
  ...new Map(
    rightsOf(cloud.template)
      .filter((right) => functionOf(right) in walks && /^(s3|dynamodb):/.test(right.action))
      .map((right) => [`${right.roleName} ${right.action}`, right]),
  ).values(),
];

const faultsOf = (): readonly string[] => {
  const file = join(cloud.dataDirectory, 'logs', 'local-cloud.log');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
};

/** How far it came; `said` where it came to an end. */
const walk = async (functionName: string, changed: (planned: Rights) => Rights = (planned) => planned) => {
  const before = faultsOf().length;
  let step: OtherStep | undefined;
  change = changed;
  try {
    await walks[functionName]?.((next) => {
      step = next;
    });
    return { step, said: undefined, faults: faultsOf().slice(before) };
  } catch (cause) {
    return { step, said: String(cause), faults: faultsOf().slice(before) };
  } finally {
    change = (planned) => planned;
    await clearFaults(cloud);
  }
};

afterAll(() => cloud.close());

describe('other ways to upload', () => {
  it.each(Object.keys(walks))('of %s end well with all rights', async (functionName) => {
    expect(await walk(functionName)).toMatchObject({ said: undefined, faults: [] });
  });

  it('miss rights of each function that has any', () => {
    expect(new Set(rights.map(functionOf))).toEqual(new Set(Object.keys(places)));
  });

  it.each(rights.map((right) => [functionOf(right), right.action, right] as const))(
    'end where %s may not %s',
    async (functionName, action, right) => {
      const { step, said, faults } = await walk(functionName, (planned) =>
        rightsWithout(planned, cloud.template, right),
      );

      expect(step).toBe(places[functionName]?.(action));
      const denied = faults.filter((line) => line.includes('AccessDenied')).at(-1) ?? '';
      expect(denied).toContain(`:assumed-role/${right.roleName}/`);
      expect(denied).toMatch(new RegExp(`is not authorized to perform: ${action} on resource: `, 'i'));
      expect(said).toMatch(
        isTold(functionName, action) ? new RegExp(`<Code>AccessDenied.*${action} on resource`) : /500: \{/,
      );
    },
  );
});
