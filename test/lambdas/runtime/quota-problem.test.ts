import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Problem } from '../../../contract/problems.ts';
import { problemOf } from '../../../lambdas/runtime/problem.ts';

const GiB = 1024 ** 3;
const use = { documents: 3, documentsMax: 3, sizeBytes: 2.5e6, sizeBytesMax: 100 * GiB };

it.each([
  ['user', 'You have used 3 of 3 documents and 2.5 MB of 107.3 GB.'],
  ['tenant', 'Your organization has used 3 of 3 documents and 2.5 MB of 107.3 GB.'],
] as const)('a quota of a %s that is used up is a 409 that tells how far, to people and to programs', (scope, used) => {
  const problem = problemOf(
    { kind: 'quota-exceeded', quota: { scope, ...use } },
    { requestId: 'request-1', apiAddress: 'https://api.example.org' },
  );
  expect(problem).toMatchObject({ status: 409, quota: { scope, ...use } });
  expect(problem.detail).toBe(
    `${used} Delete what is no longer needed and wait until it is purged, or ask your administrator.`,
  );
  expect(z.parse(Problem, problem)).toEqual(problem);
});

it('a quota whose figures are not for the caller is a 409 all the same', () => {
  const problem = problemOf(
    { kind: 'quota-exceeded' },
    { requestId: 'request-1', apiAddress: 'https://api.example.org' },
  );
  expect(problem).toMatchObject({
    status: 409,
    detail: expect.stringMatching(/^Your organization has no room left\. /),
  });
  expect(problem).not.toHaveProperty('quota');
});
