import { afterAll, describe, expect, it } from 'vitest';
import type { Rights } from '../../../local/roles/rights.ts';
import { startTestCloud } from '../../support/cloud.ts';
import { travelerIn } from './support/journey.ts';
import { type Right, rightsOf, rightsWithout } from './support/rights.ts';
import type { Step } from './support/steps.ts';

/** Rights that a journey cannot exercise. Whatever else a role has must be missed by name. */
const unused: ReadonlyMap<string, string> = new Map([
  ['logs', 'the logs of functions are files in the data folder, which Lambda here writes under no role'],
  ['kms', 'data lies in the data folder as it is, so no key is asked for'],
  ['secretsmanager', 'needed every five minutes and every 90 days: test/local/secrets/rights.test.ts'],
]);

/** Rights for what does not happen on a journey, by function and action: test/local/roles/used-rights.test.ts. */
const elsewhere: readonly (readonly [right: RegExp, why: string])[] = [
  [
    /^(sweep|apply-scan-result) /,
    'whether a verdict or the event of S3 comes first is chance, and time stands still: background-rights.test.ts',
  ],
  [
    /^(request-form|create-upload-token|sign-s3-request|companion) /,
    'ways of their own, that the others need not go: other-uploads-rights.test.ts',
  ],
  [/^record-upload dynamodb:Query$/, 'every event comes once'],
  [/^get-storage-status /, 'patients may not ask: test/local/storage-status.test.ts'],
  [/^(delete|restore)-document s3:ListBucket$/, 'no version is gone'],
];

/** Where a journey ends for want of a right, by the function that had it. A right without a place fails the test. */
const places: Readonly<Record<string, (action: string) => Step>> = {
  'request-upload': (action) => (action.startsWith('s3:') ? 'put' : 'declare'),
  'request-uploads': () => 'batch',
  'sign-parts': (action) => (action.startsWith('s3:') ? 'send' : 'sign'),
  'list-parts': () => 'list-parts',
  'complete-upload': (action) => (action === 's3:PutObjectTagging' ? 'restart' : 'complete'),
  'abort-upload': () => 'give-up',
  'get-settings': () => 'settings',
  'list-documents': () => 'list',
  'list-own-documents': () => 'list-own',
  'list-subject-documents': () => 'list-about',
  'get-document': () => 'get',
  'head-document': () => 'head',
  'update-document': () => 'update',
  'issue-download': () => 'download',
  'create-link': () => 'share',
  'open-link': () => 'open',
  'get-history': () => 'history',
  'delete-document': () => 'delete',
  'restore-document': () => 'restore',
  'record-upload': (action) => (action === 's3:ListBucket' ? 'vanished' : 'event'),
};

let change = (planned: Rights): Rights => planned;
const cloud = await startTestCloud({ control: { port: 0 }, rights: (planned) => change(planned) });
const traveler = await travelerIn(cloud);
const functionOf = ({ roleName }: Right): string => roleName.replace(/^sealdrop-local-/, '');
const isUsed = (right: Right): boolean =>
  !unused.has(right.action.slice(0, right.action.indexOf(':'))) &&
  !elsewhere.some(([excused]) => excused.test(`${functionOf(right)} ${right.action}`));

/** An action that two statements give is taken away whole. */
const rights = [
  ...new Map(
    rightsOf(cloud.template)
      .filter(isUsed)
      .map((right) => [`${right.roleName} ${right.action}`, right]),
  ).values(),
];

const travelWith = async (changed: (planned: Rights) => Rights) => {
  change = changed;
  const journey = await traveler.travel();
  change = (planned) => planned;
  return journey;
};

afterAll(async () => {
  traveler.close();
  await cloud.close();
});

describe('a journey from end to end', () => {
  it('ends well with all rights', async () => {
    expect(await traveler.travel()).toMatchObject({ failure: undefined, faults: [] });
  });

  it('misses rights of every function that has any', () => {
    expect(new Set(rights.map(functionOf))).toEqual(new Set(Object.keys(places)));
  });

  it.each(rights.map((right) => [functionOf(right), right.action, right] as const))(
    'fails where %s may not %s',
    async (functionName, action, right) => {
      const { documentId, failure, faults } = await travelWith((planned) =>
        rightsWithout(planned, cloud.template, right),
      );

      expect(failure?.step).toBe(places[functionName]?.(action));
      const denied = faults.filter((line) => line.includes('AccessDenied')).at(-1) ?? '';
      expect(denied).toContain(`:assumed-role/${right.roleName}/`);
      expect(denied).toMatch(new RegExp(`is not authorized to perform: ${action} on resource: `, 'i'));
      expect(right.resources.map((text) => denied.includes(text.replace(/\*$/, '')))).toContain(true);
      // Who holds a link is told by S3 itself; a function that was refused tells its caller no
      // more than that it failed, and that without a body where it answers a HEAD.
      const isLink =
        action.startsWith('s3:') &&
        ['request-upload', 'sign-parts', 'issue-download', 'open-link'].includes(functionName);
      expect(failure?.said).toMatch(
        isLink ? new RegExp(`<Code>AccessDenied.*${action} on resource`) : /500: \{|500: $|AccessDenied/,
      );

      // What was left undone is done once the right is there.
      if (failure?.step !== 'event' || documentId === undefined) return;
      expect(await traveler.redeliver(documentId)).toMatchObject({ state: 'available' });
    },
  );

  it('fails where the queue lets S3 in no more', async () => {
    const { documentId = '', failure } = await travelWith((planned) => ({ ...planned, resourcePolicies: new Map() }));

    expect(failure).toMatchObject({ step: 'event' });
    expect(failure?.said).toMatch(
      /could not be put into (\S+); it is tried again: AccessDenied: User: s3\.amazonaws\.com is not authorized to perform: sqs:sendmessage on resource: \1 because no resource-based policy/,
    );
    expect(await traveler.redeliver(documentId)).toMatchObject({ state: 'available' });
  });
});
